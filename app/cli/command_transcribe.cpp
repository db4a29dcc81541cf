#include <algorithm>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "engine/compute/model_cache.h"

namespace earmark::cli
{

namespace
{

struct TranscribeArguments {
    std::string model;
    std::vector<std::string> files;
    bool recursive = false;
    std::string targetLanguage;
    double window = -1; ///< seconds; by the clip's length where negative
    double stride = -1; ///< seconds; a sixth of the window where negative
    bool words = false;
    int batchSize = 8;
};

/// A vocabulary is somebody else's: no control character of its reaches the terminal.
std::string printable(std::string text)
{
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

void tell(const TranscribedClip& clip, const std::string& file, bool words, Console& console)
{
    if (console.style().json) {
        Json list = Json::array();
        for (const SpokenWord& word : clip.words)
            list.push_back({{"word", word.word}, {"start", word.start}, {"end", word.end}});
        console.printJson({{"file", file}, {"text", clip.text}, {"words", std::move(list)}});
        return;
    }
    console.print(shownName(file) + "  " + printable(clip.text));
    if (words)
        for (const SpokenWord& word : clip.words)
            console.print(formatted("  %.2f–%.2f s  ", word.start, word.end) + printable(word.word));
}

Result<TranscribeRequest> requestFor(const TranscribeArguments& options, Context& context)
{
    TranscribeRequest request{.targetLanguage = options.targetLanguage, .batchSize = options.batchSize, .options = context.compute};
    EARMARK_TRY(request.samples, gatherSamples(options.files, options.recursive, context.console));
    EARMARK_TRY(request.model, findModel(options.model));
    if (options.window >= 0)
        request.window = options.window;
    if (options.stride >= 0)
        request.stride = options.stride;
    return request;
}

Result<int> transcribe(const TranscribeArguments& options, Context& context)
{
    EARMARK_TRY(const TranscribeRequest request, requestFor(options, context));
    EARMARK_TRY(Compute * compute, openCompute());
    Progress progress(context.console, "files");
    std::size_t failures = 0;
    const auto observe = [&](const TranscribedClip& clip) {
        const std::string& file = request.samples[clip.index].name;
        warnAbout(context.console, file, clip.warnings);
        if (clip.error) {
            context.console.error(*clip.error);
            ++failures;
        } else {
            tell(clip, file, options.words, context.console);
        }
        progress.update(static_cast<std::int64_t>(clip.index) + 1, static_cast<std::int64_t>(request.samples.size()));
    };
    EARMARK_TRY(const bool finished, compute->transcribe(request, observe, context.stop));
    if (!finished)
        return stoppedByUser;
    return failures > 0 ? someInputWasBad : 0;
}

} // namespace

void addTranscribe(Commands& commands)
{
    auto options = std::make_shared<TranscribeArguments>();
    CLI::App* command = commands.add("transcribe", "Writes down what is said in files, by a model trained with CTC");
    addText(command, "--model", options->model, "Model folder, or a name in the local Hub cache")->required();
    addTexts(command, "FILE", options->files, "Sound or video files; folders with --recursive")->required();
    command->add_flag("--recursive", options->recursive, "Take the sound files below folders");
    addText(command, "--target-lang", options->targetLanguage, "Language of a model that has several, such as eng");
    command->add_option("--window", options->window,
                        "Hear files in windows of so many seconds; 0 hears all of them whole. Where not given, files of over 60 s are heard in windows of 30 s")
        ->type_name("SECONDS")->default_str("")->check(notNegative());
    command->add_option("--stride", options->stride, "Seconds that a window hears on both sides of what it is asked for; a sixth of it where not given")
        ->type_name("SECONDS")->default_str("")->check(notNegative());
    command->add_flag("--words", options->words, "Print each word with its time; --json always does");
    command->add_option("--batch-size", options->batchSize, "Files computed together at most; no text depends on it")->check(CLI::Range(1, 4096));
    commands.setAction(command, [options](Context& context) { return transcribe(*options, context); });
}

} // namespace earmark::cli
