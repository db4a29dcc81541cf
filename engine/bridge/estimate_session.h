// What a training as planned would take in time and memory, before it is started. Takes some seconds; start it at once, beside what runs: a training that
// goes on meanwhile waits for it between two of its steps. Thread: as Session.
#pragma once

#include "engine/bridge/train_session.h"

namespace earmark
{

class EstimateSession : public Session
{
    Q_OBJECT

public:
    EstimateSession(ProjectSession& project, TrainPlan plan, QObject* parent = nullptr);
    ~EstimateSession() override;

    const TrainPlan& plan() const { return plan_; }
    const std::optional<TrainEstimate>& estimate() const { return estimate_; } ///< once it has finished

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    ProjectSession& project_;
    const TrainPlan plan_;
    std::optional<TrainEstimate> made_; ///< until the thread that made it is over
    std::optional<TrainEstimate> estimate_;
};

} // namespace earmark
