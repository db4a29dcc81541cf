#include "engine/bridge/train_session.h"

namespace earmark
{

struct TrainSession::Private {
};

TrainSession::TrainSession(ProjectSession& project, TrainPlan plan, QObject* parent)
    : Session(Kind::train, QString::fromStdString(plan.name), parent), d_(std::make_unique<Private>()), project_(project), plan_(std::move(plan))
{
}

TrainSession::~TrainSession() { halt(); }

double TrainSession::stepsPerSecond() const { return steps_.empty() ? 0 : steps_.back().stepsPerSecond; }

Result<bool> TrainSession::work(std::stop_token) { return true; }

void TrainSession::finish() {}

void TrainSession::setPaused(bool) {}

} // namespace earmark
