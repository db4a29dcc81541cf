#include "engine/bridge/estimate_session.h"

namespace earmark
{

EstimateSession::EstimateSession(ProjectSession& project, TrainPlan plan, QObject* parent)
    : Session(Kind::other, QString::fromStdString(plan.name), parent), project_(project), plan_(std::move(plan))
{
}

EstimateSession::~EstimateSession() { halt(); }

Result<bool> EstimateSession::work(std::stop_token stop)
{
    Result<TrainRequest> request = failure("usage", "No project is open.");
    project_.runOnWorker([&](Project& project) { request = trainRequest(project, plan_); });
    if (!request)
        return tl::unexpected(std::move(request.error()));
    EARMARK_TRY(Compute * compute, openCompute());
    if (stop.stop_requested())
        return false;
    EARMARK_TRY(made_, compute->estimate(*request, stop));
    return made_.has_value();
}

void EstimateSession::finish() { estimate_ = std::move(made_); }

} // namespace earmark
