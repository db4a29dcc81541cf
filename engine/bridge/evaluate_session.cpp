#include "engine/bridge/evaluate_session.h"

#include <algorithm>
#include <set>

#include "engine/compute/evaluate.h"
#include "engine/dataset/run_record.h"

namespace earmark
{

namespace
{

std::vector<std::string> labelsBeyond(const std::vector<Sample>& samples, const std::vector<std::string>& known)
{
    std::set<std::string> unknown;
    for (const Sample& sample : samples)
        unknown.insert(sample.labels.begin(), sample.labels.end());
    for (const std::string& label : known)
        unknown.erase(label);
    return {unknown.begin(), unknown.end()};
}

} // namespace

EvaluateSession::EvaluateSession(ProjectSession& project, EvaluatePlan plan, QString title, QObject* parent)
    : Session(Kind::evaluate, std::move(title), parent), project_(project), plan_(std::move(plan)), projectPath_(project.path())
{
}

EvaluateSession::~EvaluateSession() { halt(); }

Result<bool> EvaluateSession::work(std::stop_token stop)
{
    EvaluateRequest request{.model = plan_.model, .samples = plan_.samples, .options = plan_.options};
    if (request.samples.empty()) {
        Result<std::vector<Sample>> samples = failure("usage", "No project is open.");
        project_.runOnWorker([&](Project& project) {
            samples = project.samples(plan_.split, plan_.regions ? SampleUnit::regions : SampleUnit::clips);
        });
        if (!samples)
            return tl::unexpected(std::move(samples.error()));
        request.samples = std::move(*samples);
    }
    EARMARK_TRY_VOID(requireOneLabel(plan_.model));
    EARMARK_TRY(Compute * compute, openCompute());
    const auto observe = [this](std::size_t done, std::size_t total) {
        reportProgress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    EARMARK_TRY(EvaluateOutcome outcome, evaluateClassification(*compute, request, observe, stop));
    if (outcome.stopped)
        return false;
    for (const Remark& remark : outcome.remarks)
        reportRemark(remark);
    unknownLabels_ = labelsBeyond(request.samples, outcome.report.labels);
    leftOut_ = request.samples.size() - outcome.report.perClip.size();
    if (plan_.run && plan_.samples.empty() && !plan_.regions)
        keepPredictions(outcome.report);
    madeReport_ = std::move(outcome.report);
    return true;
}

void EvaluateSession::keepPredictions(const ClassificationReport& report)
{
    Result<void> kept;
    project_.runOnWorker([&](Project& project) {
        if (project.path() == projectPath_ && project.writable())
            kept = addPredictions(project, *plan_.run, report, plan_.split);
    });
    if (!kept)
        reportRemark(remarkOf(std::move(kept.error())));
}

void EvaluateSession::finish() { report_ = std::move(madeReport_); }

} // namespace earmark
