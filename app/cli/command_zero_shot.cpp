#include <limits>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/scores.h"
#include "engine/base/file.h"
#include "engine/compute/model_cache.h"
#include "engine/compute/scores.h"

namespace earmark::cli
{

namespace
{

struct ZeroShotArguments {
    std::string model;
    std::vector<std::string> labels;
    std::string hypothesisTemplate = ZeroShotRequest().hypothesisTemplate;
    std::vector<std::string> files;
    bool recursive = false;
    std::size_t topK = 0; ///< all where 0
    int batchSize = 8;
    std::string csv;
    bool overwrite = false;
};

Result<ZeroShotRequest> requestFor(const ZeroShotArguments& options, Context& context)
{
    ZeroShotRequest request{.labels = options.labels, .hypothesisTemplate = options.hypothesisTemplate, .batchSize = options.batchSize, .options = context.compute};
    EARMARK_TRY(request.samples, gatherSamples(options.files, options.recursive, context.console));
    EARMARK_TRY(request.model, findModel(options.model));
    return request;
}

Result<int> zeroShot(const ZeroShotArguments& options, Context& context)
{
    if (!options.csv.empty())
        EARMARK_TRY_VOID(refuseExisting(options.csv, options.overwrite));
    EARMARK_TRY(const ZeroShotRequest request, requestFor(options, context));
    EARMARK_TRY(Compute * compute, openCompute());
    Console& console = context.console;
    Progress progress(console, "files");
    const std::size_t most = options.topK > 0 ? options.topK : std::numeric_limits<std::size_t>::max();
    ScoresTable table(most);
    std::size_t failures = 0;
    const auto observe = [&](const ClassifiedClip& clip) {
        const std::string& file = request.samples[clip.index].name;
        warnAbout(console, file, clip.warnings);
        if (clip.error) {
            console.error(*clip.error);
            ++failures;
        } else {
            table.add(file, clip);
            const auto best = bestScores(clip.scores, *clip.labels, most);
            if (context.json())
                console.printJson({{"file", file}, {"scores", scoresJson(best)}});
            else
                console.print(shownName(file) + "  " + scoresText(best));
        }
        progress.update(static_cast<std::int64_t>(clip.index) + 1, static_cast<std::int64_t>(request.samples.size()));
    };
    EARMARK_TRY(const ClassifyOutcome outcome, compute->zeroShot(request, observe, context.stop));
    if (!options.csv.empty())
        EARMARK_TRY_VOID(writeFileAtomically(options.csv, table.text()));
    if (outcome.stopped)
        return stoppedByUser;
    return failures > 0 ? someInputWasBad : 0;
}

} // namespace

void addZeroShot(Commands& commands)
{
    auto options = std::make_shared<ZeroShotArguments>();
    CLI::App* command = commands.add("zero-shot", "Says which of the labels that you name fits a sound best, by a model that compares sounds with texts (CLAP)");
    addText(command, "--model", options->model, "Model folder, or a name in the local Hub cache")->required();
    addTexts(command, "--label", options->labels, "What a sound may be, in your own words; once for each")->required();
    addText(command, "--template", options->hypothesisTemplate, "The text that a label becomes for the model; {} is its place")->capture_default_str();
    addTexts(command, "FILE", options->files, "Sound or video files; folders with --recursive")->required();
    command->add_flag("--recursive", options->recursive, "Take the sound files below folders");
    command->add_option("--top-k", options->topK, "How many labels to print; all where not given")->default_str("")->check(CLI::Range(1, 1000000));
    command->add_option("--batch-size", options->batchSize, "Files computed together at most; no score depends on it")->check(CLI::Range(1, 4096));
    addText(command, "--csv", options->csv, "Write a table with the columns file, start, end, label, score too");
    command->add_flag("--overwrite", options->overwrite, "Replace the table where it exists");
    commands.setAction(command, [options](Context& context) { return zeroShot(*options, context); });
}

} // namespace earmark::cli
