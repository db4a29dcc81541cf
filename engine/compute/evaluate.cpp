#include "engine/compute/evaluate.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/compute/heard_clips.h"

namespace earmark
{

namespace
{

int idOf(const std::vector<std::string>& labels, const std::string& label)
{
    const auto found = std::ranges::find(labels, label);
    return found == labels.end() ? -1 : static_cast<int>(found - labels.begin());
}

int highest(const std::vector<float>& scores)
{
    return scores.empty() ? -1 : static_cast<int>(std::ranges::max_element(scores) - scores.begin());
}

/// The label that the clip counts under.
int truthOf(const Sample& sample, const std::vector<std::string>& labels, int prediction)
{
    for (const std::string& label : sample.labels)
        if (const int id = idOf(labels, label); id >= 0 && id == prediction)
            return id;
    return idOf(labels, sample.labels.front());
}

} // namespace

void hearAs(const EvaluationLength& length, ClassifyRequest& request)
{
    if (length.rule == EvaluationLength::Rule::windows) {
        request.window = length.seconds;
        request.padsLastWindow = false; // the training never heard that silence
    }
    if (length.rule != EvaluationLength::Rule::truncate)
        return;
    for (Sample& sample : request.samples) {
        const double end = sample.clip.start + length.seconds;
        sample.clip.end = sample.clip.end ? std::min(*sample.clip.end, end) : end;
    }
}

EvaluationLength evaluationLength(const Recipe& recipe)
{
    using Rule = EvaluationLength::Rule;
    const std::string rule = recipe.text("eval_length");
    return {.rule = rule == "truncate" ? Rule::truncate : rule == "windows" ? Rule::windows : Rule::whole,
            .seconds = recipe.number("max_length_seconds")};
}

Result<Recipe> recipeOfRun(const std::string& model)
{
    namespace fs = std::filesystem;
    std::error_code ignored;
    fs::path folder = fs::absolute(model, ignored).lexically_normal();
    if (!folder.has_filename()) // of a name that ends in a slash
        folder = folder.parent_path();
    if (folder.filename().string().starts_with("checkpoint-"))
        folder = folder.parent_path();
    const std::string path = (folder / "run.json").string();
    Recipe recipe;
    if (!fs::exists(path, ignored))
        return recipe;
    EARMARK_TRY(const std::string text, readFile(path));
    if (auto applied = recipe.applyJson(text); !applied) {
        Error error = std::move(applied.error());
        error.message = quoteName(path) + ": " + error.message;
        error.path = path;
        return tl::unexpected(std::move(error));
    }
    return recipe;
}

Result<EvaluateOutcome> evaluateClassification(const Classify& classify, const EvaluateRequest& request, const EvaluateProgress& progress,
                                               std::stop_token stop)
{
    EARMARK_TRY(const HeardClips heard, hearClips(classify, request, {}, hasLabel, progress, std::move(stop)));
    EvaluateOutcome outcome{.failures = heard.failures, .stopped = heard.stopped};
    if (outcome.stopped)
        return outcome;
    outcome.remarks = remarksOnLabels(heard);
    std::vector<ReportedClip> clips;
    for (const HeardClips::Clip& one : heard.clips) {
        const int prediction = highest(one.scores);
        clips.push_back({.id = one.sample->id,
                         .name = one.sample->name,
                         .label = truthOf(*one.sample, heard.labels, prediction),
                         .prediction = prediction,
                         .scores = one.scores});
    }
    outcome.report = classificationReport(heard.labels, std::move(clips));
    return outcome;
}

TextRules textRules(const Recipe& recipe)
{
    const std::string letters = recipe.text("text_case");
    return {.letters = letters == "lower" ? TextRules::Case::lower : letters == "upper" ? TextRules::Case::upper : TextRules::Case::asIs,
            .ignored = recipe.text("chars_to_ignore")};
}

Result<RecognitionOutcome> evaluateRecognition(const Transcribe& transcribeAll, const EvaluateRequest& request, const EvaluateProgress& progress,
                                               std::stop_token stop)
{
    EARMARK_TRY(const Recipe recipe, recipeOfRun(request.model));
    const TextRules rules = textRules(recipe);
    TranscribeRequest transcribe{.model = request.model, .references = true, .batchSize = request.batchSize, .options = request.options};
    for (Sample sample : request.samples) {
        sample.text = prepared(sample.text, rules);
        if (!sample.text.empty())
            transcribe.samples.push_back(std::move(sample));
    }
    if (transcribe.samples.empty())
        return failure("train.no_clips", "No clip of the split has a transcript. Write some, or choose another split.");
    RecognitionOutcome outcome;
    if (const std::size_t silent = request.samples.size() - transcribe.samples.size(); silent > 0)
        outcome.remarks.push_back({.code = "evaluate.untranscribed",
                                   .message = std::to_string(silent) + " clips without a transcript are left out.",
                                   .parameters = {{"clips", std::to_string(silent)}},
                                   .causes = {}});
    std::vector<TranscribedReference> clips;
    const auto observe = [&](const TranscribedClip& clip) {
        const Sample& sample = transcribe.samples[clip.index];
        if (clip.error)
            outcome.failures.push_back(*clip.error);
        else
            clips.push_back({.id = sample.id, .name = sample.name, .reference = clip.reference, .text = clip.text});
        if (progress)
            progress(clip.index + 1, transcribe.samples.size());
    };
    EARMARK_TRY(const bool finished, transcribeAll(transcribe, observe, stop));
    outcome.stopped = !finished;
    if (finished)
        outcome.report = transcriptionReport(std::move(clips));
    return outcome;
}

Result<RecognitionOutcome> evaluateRecognition(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress, std::stop_token stop)
{
    const auto transcribe = [&](const TranscribeRequest& all, const TranscribeObserver& observer, std::stop_token token) {
        return compute.transcribe(all, observer, std::move(token));
    };
    return evaluateRecognition(transcribe, request, progress, std::move(stop));
}

Result<EvaluateOutcome> evaluateClassification(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress,
                                               std::stop_token stop)
{
    const auto classify = [&](const ClassifyRequest& all, const ClassifyObserver& observer, std::stop_token token) {
        return compute.classify(all, observer, std::move(token));
    };
    return evaluateClassification(classify, request, progress, std::move(stop));
}

} // namespace earmark
