#include "engine/neural/train/final_report.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/compute/evaluate.h"
#include "engine/compute/problem_type.h"
#include "engine/neural/infer/classify.h"
#include "engine/neural/infer/transcribe.h"

namespace earmark::neural
{

namespace
{

/// What is said of the clips, and the report's file. False where there is none.
template <class Outcome> Result<bool> deliver(const Outcome& outcome, const std::string& split, const std::string& folder, TrainObserver& observer)
{
    for (const Remark& remark : outcome.remarks)
        observer.remark(remark);
    for (const Error& error : outcome.failures)
        observer.remark({.code = "train.left_out_of_report", .message = "Left out of the report: " + error.message, .parameters = {}, .causes = {error}});
    if (outcome.stopped)
        observer.remark({.code = "train.no_report",
                         .message = "Stopped before all clips of the report were classified: there is no report.json. “earmark-cli evaluate” makes one.",
                         .parameters = {},
                         .causes = {}});
    if (outcome.stopped || outcome.report.clips == 0)
        return false;
    EARMARK_TRY_VOID(writeFileAtomically(folder + "/report.json", toJson(outcome.report, split)));
    return true;
}

} // namespace

Result<void> writeReport(const TrainRequest& request, const Recipe& recipe, const std::string& folder, TrainObserver& observer, std::stop_token stop,
                         const std::function<void()>& betweenBatches, TrainOutcome& outcome)
{
    if (request.task == "pretraining")
        return {}; // nothing is said of a clip; the last evaluation tells how well it went
    const bool recognition = request.task == "ctc";
    const ProblemType problem = problemTypeNamed(recipe.text("problem_type"));
    const auto isEmpty = [&](const Sample& sample) {
        return recognition ? sample.text.empty() : problem == ProblemType::regression ? sample.numbers.empty() : sample.labels.empty();
    };
    if (std::ranges::all_of(request.report, isEmpty))
        return {};
    const EvaluateRequest evaluate{.model = folder, .samples = request.report, .length = evaluationLength(recipe), .options = request.options};
    if (recognition) {
        const auto transcribe = [&](const TranscribeRequest& all, const TranscribeObserver& each, std::stop_token token) {
            return transcribeClips(all, each, std::move(token), betweenBatches);
        };
        EARMARK_TRY(RecognitionOutcome heard, evaluateRecognition(transcribe, evaluate, {}, stop));
        EARMARK_TRY(const bool made, deliver(heard, request.reportSplit, folder, observer));
        if (made)
            outcome.transcription = std::move(heard.report);
        return {};
    }
    const auto classify = [&](const ClassifyRequest& all, const ClassifyObserver& each, std::stop_token token) {
        return classifyClips(all, each, std::move(token), betweenBatches);
    };
    const auto keep = [&](auto&& judged, auto& report) -> Result<void> {
        EARMARK_TRY(const bool made, deliver(judged, request.reportSplit, folder, observer));
        if (made)
            report = std::move(judged.report);
        return {};
    };
    if (problem == ProblemType::multiLabel) {
        EARMARK_TRY(MultiLabelOutcome judged, evaluateMultiLabel(classify, evaluate, {}, stop));
        return keep(std::move(judged), outcome.multiLabel);
    }
    if (problem == ProblemType::regression) {
        auto judged = evaluateRegression(classify, evaluate, {}, stop);
        if (judged)
            return keep(std::move(*judged), outcome.regression);
        if (judged.error().code != "train.no_clips") // these clips have other numbers: no reason for the run to fail
            return tl::unexpected(std::move(judged.error()));
        observer.remark(remarkOf(std::move(judged.error())));
        return {};
    }
    EARMARK_TRY(EvaluateOutcome judged, evaluateClassification(classify, evaluate, {}, stop));
    return keep(std::move(judged), outcome.report);
}

} // namespace earmark::neural
