#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/scores.h"
#include "engine/base/file.h"
#include "engine/compute/evaluate.h"
#include "engine/compute/model_cache.h"
#include "engine/compute/scores.h"

namespace earmark::cli
{

namespace
{

struct ClassifyArguments {
    std::string model;
    std::vector<std::string> files;
    bool recursive = false;
    std::size_t topK = 5;
    std::string function;
    double window = 0; ///< seconds; the clip whole where 0
    double hop = 0;
    int batchSize = 8;
    std::string csv;
    bool overwrite = false;
};

/// What is told of each clip: a result on stdout, rows of the table, or why there is none.
class Teller
{
public:
    /// Without `topK` every score is told, in the order of the labels.
    Teller(Console& console, std::optional<std::size_t> topK, const ClassifyRequest& request)
        : console_(console), topK_(topK), request_(request), table_(topK)
    {
    }

    void tell(const ClassifiedClip& clip)
    {
        const std::string& file = request_.samples[clip.index].name;
        warnAbout(console_, file, clip.warnings);
        if (clip.error) {
            console_.error(*clip.error);
            ++failures_;
            return;
        }
        table_.add(file, clip);
        if (request_.window)
            tellWindows(file, clip.windows, *clip.labels);
        else
            tellWhole(file, told(clip.scores, *clip.labels));
    }

    const std::string& table() const { return table_.text(); }
    std::size_t failures() const { return failures_; }

private:
    std::vector<ScoredLabel> told(const std::vector<float>& scores, const std::vector<std::string>& labels) const
    {
        return topK_ ? bestScores(scores, labels, *topK_) : allScores(scores, labels);
    }

    void tellWhole(const std::string& file, const std::vector<ScoredLabel>& best)
    {
        if (console_.style().json)
            console_.printJson({{"file", file}, {"scores", scoresJson(best)}});
        else
            console_.print(shownName(file) + "  " + scoresText(best));
    }

    void tellWindows(const std::string& file, const std::vector<ScoredWindow>& windows, const std::vector<std::string>& labels)
    {
        Json list = Json::array();
        for (const ScoredWindow& window : windows) {
            const auto best = told(window.scores, labels);
            if (console_.style().json)
                list.push_back({{"start", window.start}, {"end", window.end}, {"scores", scoresJson(best)}});
            else
                console_.print(shownName(file) + formatted("  %.2f–%.2f s  ", window.start, window.end) + scoresText(best));
        }
        if (console_.style().json)
            console_.printJson({{"file", file}, {"windows", std::move(list)}});
    }

    Console& console_;
    const std::optional<std::size_t> topK_;
    const ClassifyRequest& request_;
    ScoresTable table_;
    std::size_t failures_ = 0;
};

Result<ClassifyRequest> requestFor(const ClassifyArguments& options, Context& context)
{
    ClassifyRequest request;
    EARMARK_TRY(request.samples, gatherSamples(options.files, options.recursive, context.console));
    EARMARK_TRY(request.model, findModel(options.model));
    request.function = options.function == "auto" ? "" : options.function;
    if (options.window > 0)
        request.window = options.window;
    if (options.hop > 0)
        request.hop = options.hop;
    request.batchSize = options.batchSize;
    request.options = context.compute;
    return request;
}

Result<int> classify(const ClassifyArguments& options, Context& context)
{
    if (options.hop > 0 && options.window <= 0)
        return failure("usage", "--hop says how far windows lie apart: give --window too.");
    if (!options.csv.empty())
        EARMARK_TRY_VOID(refuseExisting(options.csv, options.overwrite));
    EARMARK_TRY(const ClassifyRequest request, requestFor(options, context));
    EARMARK_TRY(Compute * compute, openCompute());
    const bool numbers = problemTypeOf(request.model) == ProblemType::regression; // none of them is the best
    Teller teller(context.console, numbers ? std::nullopt : std::optional(options.topK), request);
    Progress progress(context.console, "files");
    const auto observe = [&](const ClassifiedClip& clip) {
        teller.tell(clip);
        progress.update(static_cast<std::int64_t>(clip.index) + 1, static_cast<std::int64_t>(request.samples.size()));
    };
    EARMARK_TRY(const ClassifyOutcome outcome, compute->classify(request, observe, context.stop));
    if (!options.csv.empty())
        EARMARK_TRY_VOID(writeFileAtomically(options.csv, teller.table()));
    if (outcome.stopped)
        return stoppedByUser;
    return teller.failures() > 0 ? someInputWasBad : 0;
}

} // namespace

void addClassify(Commands& commands)
{
    auto options = std::make_shared<ClassifyArguments>();
    CLI::App* command = commands.add("classify", "Says what is heard in files: the labels with the highest scores, or the numbers of a model that learnt numbers");
    addText(command, "--model", options->model, "Model folder, or a name in the local Hub cache")->required();
    addTexts(command, "FILE", options->files, "Sound or video files; folders with --recursive")->required();
    command->add_flag("--recursive", options->recursive, "Take the sound files below folders");
    command->add_option("--top-k", options->topK, "How many labels to print; of a model of numbers all are")->check(CLI::Range(1, 1000000));
    options->function = "auto";
    command->add_option("--function", options->function, "What turns the model's outputs into scores; auto goes by config.json's problem_type: sigmoid for several labels a clip, none for numbers, else softmax, the only one that the pipeline of transformers takes by itself")
        ->check(CLI::IsMember({"auto", "softmax", "sigmoid", "none"}));
    command->add_option("--window", options->window, "Scores for every window of so many seconds, not for the whole; the last one is padded")
        ->type_name("SECONDS")->default_str("")->check(aboveZero());
    command->add_option("--hop", options->hop, "Seconds from one window's start to the next; the window's length where not given")
        ->type_name("SECONDS")->default_str("")->check(aboveZero());
    command->add_option("--batch-size", options->batchSize, "Files computed together at most; no score depends on it")->check(CLI::Range(1, 4096));
    addText(command, "--csv", options->csv, "Write a table with the columns file, start, end, label, score too");
    command->add_flag("--overwrite", options->overwrite, "Replace the table where it exists");
    commands.setAction(command, [options](Context& context) { return classify(*options, context); });
}

} // namespace earmark::cli
