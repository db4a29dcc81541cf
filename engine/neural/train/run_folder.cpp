#include "engine/neural/train/run_folder.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <torch/version.h>
#include <unistd.h>
#include <utility>

#include "engine/base/file.h"
#include "engine/neural/train/run_checkpoint.h"

namespace earmark::neural
{

namespace fs = std::filesystem;

namespace
{

std::string timeNow()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

bool looksLikeARun(const std::string& path)
{
    std::error_code ignored;
    if (!fs::is_directory(path, ignored))
        return false;
    return fs::is_empty(path, ignored) || fs::exists(path + "/run.json", ignored) || fs::exists(path + "/config.json", ignored) ||
           !checkpointSteps(path).empty();
}

/// Text within JSON, which YAML reads as well.
std::string quoted(const std::string& text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string fixed(double value, int digits)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string baseName(const std::string& path)
{
    std::string trimmed = path;
    while (trimmed.size() > 1 && trimmed.back() == '/')
        trimmed.pop_back();
    return fs::path(trimmed).filename().string();
}

/// "owner/name" as on the Hub; the name alone of a folder on somebody's disk.
std::string publicName(const TrainRequest& request)
{
    const auto named = request.origin.find("base_name");
    const std::string& base = named == request.origin.end() ? request.base : named->second;
    const bool hub = std::ranges::count(base, '/') == 1 && base.front() != '/' && base.front() != '.' && !fs::exists(base);
    return hub ? base : baseName(base);
}

/// A line of the Hub's model-index.
std::string metricText(const std::string& type, const std::string& name, double value)
{
    return "    - type: " + type + "\n      name: " + name + "\n      value: " + Json(value).dump() + "\n";
}

const char* metricNames(const RunFacts& facts)
{
    if (facts.request->task == "ctc")
        return "- wer\n- cer\n";
    return facts.problem == ProblemType::regression ? "- mse\n- mae\n" : "- accuracy\n- f1\n";
}

std::string frontMatter(const RunFacts& facts, const TrainOutcome& outcome)
{
    const TrainRequest& request = *facts.request;
    const bool recognition = request.task == "ctc", pretraining = request.task == "pretraining";
    const std::string task = recognition ? "automatic-speech-recognition" : pretraining ? "feature-extraction" : "audio-classification";
    std::string text = "---\nlibrary_name: transformers\npipeline_tag: " + task + "\n";
    const std::string base = publicName(request);
    if (base.find('/') != std::string::npos)
        text += "base_model: " + quoted(base) + "\n";
    text += "tags:\n- " + (pretraining ? "pretraining" : task) + "\n- earmark\n" + (pretraining ? "" : std::string("metrics:\n") + metricNames(facts));
    if (!outcome.report && !outcome.multiLabel && !outcome.regression && !outcome.transcription)
        return text + "---\n";
    const auto project = request.origin.find("project");
    const std::string data = project == request.origin.end() ? "clips" : baseName(project->second);
    text += "model-index:\n- name: " + quoted(baseName(request.out)) + "\n  results:\n  - task:\n      type: " + task + "\n      name: " +
            (recognition ? "Automatic Speech Recognition" : "Audio Classification") + "\n    dataset:\n      type: " + quoted(data) + "\n      name: " +
            quoted(data) + "\n      split: " + quoted(request.reportSplit) + "\n    metrics:\n";
    if (recognition)
        text += metricText("wer", "WER", outcome.transcription->words.rate()) + metricText("cer", "CER", outcome.transcription->characters.rate());
    else if (outcome.multiLabel)
        text += metricText("accuracy", "Exact matches", outcome.multiLabel->accuracy) + metricText("f1", "Micro F1", outcome.multiLabel->microF1) +
                metricText("f1", "Macro F1", outcome.multiLabel->macroF1);
    else if (outcome.regression)
        text += metricText("mse", "Mean squared error", outcome.regression->mse) + metricText("mae", "Mean absolute error", outcome.regression->mae);
    else
        text += metricText("accuracy", "Accuracy", outcome.report->accuracy) + metricText("f1", "Macro F1", outcome.report->macroF1);
    return text + "---\n";
}

std::string resultsText(const ClassificationReport& report, const std::string& split)
{
    std::string text = "## Results\n\n" + std::to_string(report.clips) + " clips of the " + split + " split: accuracy " + fixed(report.accuracy, 4) +
                       " (95 % interval " + fixed(report.accuracyInterval.low, 4) + "–" + fixed(report.accuracyInterval.high, 4) + "), macro F1 " +
                       fixed(report.macroF1, 4) + ".\n\n| label | precision | recall | F1 | clips |\n|---|---|---|---|---|\n";
    for (const LabelFigures& row : report.perLabel)
        text += "| " + row.label + " | " + fixed(row.precision, 3) + " | " + fixed(row.recall, 3) + " | " + fixed(row.f1, 3) + " | " +
                std::to_string(row.support) + " |\n";
    return text + "\n";
}

std::string orNone(const std::optional<double>& value, int digits) { return value ? fixed(*value, digits) : "–"; }

std::string resultsText(const MultiLabelReport& report, const std::string& split)
{
    std::string text = "## Results\n\n" + std::to_string(report.clips) + " clips of the " + split + " split: micro F1 " + fixed(report.microF1, 4) + ", macro F1 " +
                       fixed(report.macroF1, 4) + ", mean average precision " + orNone(report.meanAveragePrecision, 4) + "; all labels right in " +
                       fixed(report.accuracy, 4) + " of the clips (95 % interval " + fixed(report.accuracyInterval.low, 4) + "–" +
                       fixed(report.accuracyInterval.high, 4) + ").\n\n| label | precision | recall | F1 | average precision | clips |\n|---|---|---|---|---|---|\n";
    for (const MultiLabelFigures& row : report.perLabel)
        text += "| " + row.counted.label + " | " + fixed(row.counted.precision, 3) + " | " + fixed(row.counted.recall, 3) + " | " + fixed(row.counted.f1, 3) +
                " | " + orNone(row.averagePrecision, 3) + " | " + std::to_string(row.counted.support) + " |\n";
    return text + "\n";
}

std::string resultsText(const RegressionReport& report, const std::string& split)
{
    std::string text = "## Results\n\n" + std::to_string(report.clips) + " clips of the " + split + " split: mean squared error " + fixed(report.mse, 4) +
                       ", mean absolute error " + fixed(report.mae, 4) + ", R² " + orNone(report.r2, 4) + ", Pearson's correlation " + orNone(report.pearson, 4) +
                       ".\n\n| number | MSE | MAE | R² | Pearson |\n|---|---|---|---|---|\n";
    for (const TargetFigures& row : report.perTarget)
        text += "| " + row.target + " | " + fixed(row.mse, 4) + " | " + fixed(row.mae, 4) + " | " + orNone(row.r2, 3) + " | " + orNone(row.pearson, 3) + " |\n";
    return text + "\n";
}

std::string resultsText(const TranscriptionReport& report, const std::string& split)
{
    return "## Results\n\n" + std::to_string(report.clips) + " clips of the " + split + " split: word error rate " + fixed(report.words.rate(), 4) +
           ", character error rate " + fixed(report.characters.rate(), 4) + ".\n\n";
}

/// What stands beside the loss in the table of evaluations.
struct HistoryFigure {
    const char* metric;
    const char* words;
};

HistoryFigure historyFigure(const RunFacts& facts)
{
    if (facts.request->task == "ctc")
        return {"eval_wer", "word error rate"};
    if (facts.request->task == "pretraining")
        return {"eval_accuracy", "masked frames told right"};
    return facts.problem == ProblemType::multiLabel   ? HistoryFigure{"eval_micro_f1", "micro F1"}
           : facts.problem == ProblemType::regression ? HistoryFigure{"eval_mae", "mean absolute error"}
                                                      : HistoryFigure{"eval_accuracy", "accuracy"};
}

std::string historyText(const TrainerState& state, const HistoryFigure& figure)
{
    std::string text;
    for (const Json& entry : state.log_history) {
        if (!entry.contains("eval_loss") || !entry["eval_loss"].is_number())
            continue;
        if (text.empty())
            text = std::string("## Training\n\n| epoch | step | validation loss | ") + figure.words + " |\n|---|---|---|---|\n";
        text += "| " + fixed(entry.value("epoch", 0.0), 2) + " | " + std::to_string(entry.value("step", std::int64_t(0))) + " | " +
                fixed(entry["eval_loss"].get<double>(), 4) + " | " + fixed(entry.value(figure.metric, 0.0), 4) + " |\n";
    }
    return text.empty() ? text : text + "\n";
}

std::string settingsText(const RunFacts& facts)
{
    const Json settings = Json::parse(facts.settingsJson, nullptr, false);
    std::string text = "## Settings\n\n";
    for (const char* key : {"learning_rate", "per_device_train_batch_size", "gradient_accumulation_steps", "num_train_epochs", "max_steps",
                            "lr_scheduler_type", "warmup_ratio", "warmup_steps", "weight_decay", "label_smoothing_factor", "seed", "train_length",
                            "max_length_seconds", "freeze_feature_encoder", "fp16", "bf16"})
        if (settings.contains(key) && !settings[key].is_null())
            text += "- " + std::string(key) + ": " + settings[key].dump() + "\n";
    return text + "\nAll settings stand in `run.json`.\n";
}

/// `path` is that of the run.json that a run which goes on has already.
std::string runJson(const std::string& path, const RunFacts& facts)
{
    const TrainRequest& request = *facts.request;
    const auto version = request.origin.find("earmark_version");
    std::string started = timeNow();
    if (request.resume) // it may end elsewhere now, but it began when it did
        if (const auto earlier = readJson(path); earlier && earlier->is_object() && earlier->contains("started") && (*earlier)["started"].is_string())
            started = (*earlier)["started"].get<std::string>();
    Json json = {{"format", 1},
                 {"base", request.base},
                 {"task", request.task},
                 {"architecture", facts.architecture},
                 {"labels", facts.labels},
                 {"settings", Json::parse(facts.settingsJson, nullptr, false)},
                 {"dataset", {{"fingerprint", request.datasetFingerprint}, {"train_clips", facts.trainClips}, {"validation_clips", facts.validationClips}}},
                 {"origin", request.origin},
                 {"versions", {{"earmark", version == request.origin.end() ? "" : version->second}, {"torch", TORCH_VERSION}}},
                 {"device", facts.device},
                 {"threads", request.options.threads},
                 {"attention", request.options.attention},
                 {"channel", request.options.channel.index ? Json(*request.options.channel.index) : Json("mean")},
                 {"world_size", request.worldSize},
                 {"started", started}};
    json["seed"] = json["settings"].value("seed", 42);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

Result<RunFolder> RunFolder::choose(const TrainRequest& request)
{
    std::string path = request.out;
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    if (path.empty())
        return failure("usage", "There is no folder to write the run to: give --out.");
    std::error_code ignored;
    const bool there = fs::exists(fs::symlink_status(path, ignored));
    if (request.resume) {
        if (!latestResumable(path))
            return failure("train.cannot_resume", "There is no checkpoint in " + quoteName(path) + " to go on from. Leave out --resume to begin.", path);
        return RunFolder(path, false, true);
    }
    if (there && !request.overwrite)
        return failure("usage.out_exists", quoteName(path) + " exists. Give another --out, --resume to go on with it, or --overwrite to replace it.", path);
    if (there && !looksLikeARun(path))
        return failure("usage.out_exists", quoteName(path) + " exists and is not a run folder, so it is not replaced. Give another --out.", path);
    return RunFolder(path, there, false);
}

RunFolder::RunFolder(RunFolder&& other) noexcept
    : path_(std::move(other.path_)), aside_(std::move(other.aside_)), runJson_(std::move(other.runJson_)), replaces_(other.replaces_), resumes_(other.resumes_),
      entered_(std::exchange(other.entered_, false)), kept_(other.kept_)
{
}

Result<void> RunFolder::enter()
{
    std::error_code error;
    if (resumes_) {
        removeRemains(path_);
        entered_ = kept_ = true;
        return {};
    }
    if (replaces_) {
        aside_ = path_ + ".replaced-" + std::to_string(::getpid());
        fs::rename(path_, aside_, error);
        if (error)
            return tl::unexpected(systemError(error.value(), "move aside", path_, true));
    }
    fs::create_directories(path_, error);
    if (error) {
        std::error_code ignored;
        if (replaces_)
            fs::rename(aside_, path_, ignored);
        return tl::unexpected(systemError(error.value(), "create", path_, true));
    }
    entered_ = true;
    return {};
}

Result<void> RunFolder::describe(const RunFacts& facts)
{
    const std::string path = path_ + "/run.json";
    runJson_ = runJson(path, facts);
    return writeFileAtomically(path, runJson_);
}

Result<void> RunFolder::mend() const
{
    const std::string path = path_ + "/run.json";
    std::error_code error;
    if (runJson_.empty() || fs::exists(path, error))
        return {};
    fs::create_directories(path_, error);
    if (error)
        return tl::unexpected(systemError(error.value(), "create", path_, true));
    return writeFileAtomically(path, runJson_);
}

void RunFolder::keep()
{
    if (!entered_ || std::exchange(kept_, true))
        return;
    std::error_code ignored;
    if (replaces_)
        fs::remove_all(aside_, ignored);
}

RunFolder::~RunFolder()
{
    if (!entered_ || kept_)
        return;
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    if (replaces_)
        fs::rename(aside_, path_, ignored);
}

Result<void> writeModelCard(const std::string& folder, const RunFacts& facts, const TrainerState& state, const TrainOutcome& outcome)
{
    const TrainRequest& request = *facts.request;
    const bool recognition = request.task == "ctc", pretraining = request.task == "pretraining";
    const std::string kind = recognition                                ? "A speech recogniser"
                             : pretraining                              ? "A network that learnt from sound alone, to fine-tune"
                             : facts.problem == ProblemType::multiLabel ? "An audio classifier of several labels a clip"
                             : facts.problem == ProblemType::regression ? "A model that hears numbers"
                                                                        : "An audio classifier";
    std::string text = frontMatter(facts, outcome) + "\n# " + baseName(request.out) + "\n\n" + kind + " (`" + facts.architecture + "`), ";
    text += request.base.starts_with("scratch:") ? "trained from scratch with Earmark.\n\n" : (pretraining ? "pretrained further from " : "fine-tuned from ") + publicName(request) + " with Earmark.\n\n";
    text += "Trained on " + std::to_string(facts.trainClips) + " clips, " +
            (recognition   ? std::to_string(facts.characters) + " characters, "
             : pretraining ? ""
                           : std::to_string(facts.labels.size()) + (facts.problem == ProblemType::regression ? " numbers, " : " labels, ")) +
            std::to_string(state.global_step) + " steps.\n\n";
    if (outcome.report)
        text += resultsText(*outcome.report, request.reportSplit);
    if (outcome.multiLabel)
        text += resultsText(*outcome.multiLabel, request.reportSplit);
    if (outcome.regression)
        text += resultsText(*outcome.regression, request.reportSplit);
    if (outcome.transcription)
        text += resultsText(*outcome.transcription, request.reportSplit);
    text += historyText(state, historyFigure(facts)) + settingsText(facts);
    return writeFileAtomically(folder + "/README.md", text);
}

} // namespace earmark::neural
