#include "engine/compute/evaluate.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/base/file.h"
#include "engine/compute/scores.h"

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

std::string listed(const std::set<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string list;
    std::size_t shown = 0;
    for (const std::string& name : names) {
        if (shown++ == most)
            return list + " …";
        list += (list.empty() ? "" : ", ") + quoteName(name);
    }
    return list;
}

void remarkUnknownLabels(EvaluateOutcome& outcome, const std::vector<Sample>& samples, const std::vector<std::string>& labels)
{
    std::set<std::string> unknown;
    for (const Sample& sample : samples)
        for (const std::string& label : sample.labels)
            if (idOf(labels, label) < 0)
                unknown.insert(label);
    if (!unknown.empty())
        outcome.remarks.push_back({.code = "evaluate.unknown_labels",
                                   .message = "The model does not know " + listed(unknown) + "; clips with such a label count as wrong.",
                                   .parameters = {{"labels", listed(unknown)}},
                                   .causes = {}});
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

Result<EvaluateOutcome> evaluateClassification(const Classify& classifyAll, const EvaluateRequest& request, const EvaluateProgress& progress,
                                               std::stop_token stop)
{
    ClassifyRequest classify{.model = request.model, .batchSize = request.batchSize, .options = request.options};
    std::ranges::copy_if(request.samples, std::back_inserter(classify.samples), [](const Sample& sample) { return !sample.labels.empty(); });
    const std::size_t unlabelled = request.samples.size() - classify.samples.size();
    if (classify.samples.empty())
        return failure("train.no_clips", "No clip of the split has a label. Label some, or choose another split.");
    std::optional<EvaluationLength> length = request.length;
    if (!length) {
        EARMARK_TRY(const Recipe recipe, recipeOfRun(request.model));
        length = evaluationLength(recipe);
    }
    hearAs(*length, classify);

    EvaluateOutcome outcome;
    if (unlabelled > 0)
        outcome.remarks.push_back({.code = "evaluate.unlabelled",
                                   .message = std::to_string(unlabelled) + " clips without a label are left out.",
                                   .parameters = {{"clips", std::to_string(unlabelled)}},
                                   .causes = {}});
    std::vector<ReportedClip> clips;
    std::vector<std::size_t> indices;
    const auto observe = [&](const ClassifiedClip& clip) {
        if (clip.error) {
            outcome.failures.push_back(*clip.error);
        } else {
            const Sample& sample = classify.samples[clip.index];
            std::vector<float> scores = clip.windows.empty() ? clip.scores : meanScores(clip.windows);
            clips.push_back({.id = sample.id, .name = sample.name, .prediction = highest(scores), .scores = std::move(scores)});
            indices.push_back(clip.index);
        }
        if (progress)
            progress(clip.index + 1, classify.samples.size());
    };
    EARMARK_TRY(const ClassifyOutcome classified, classifyAll(classify, observe, stop));
    outcome.stopped = classified.stopped;
    if (outcome.stopped)
        return outcome;
    for (std::size_t i = 0; i < clips.size(); ++i)
        clips[i].label = truthOf(classify.samples[indices[i]], classified.labels, clips[i].prediction);
    remarkUnknownLabels(outcome, classify.samples, classified.labels);
    outcome.report = classificationReport(classified.labels, std::move(clips));
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
