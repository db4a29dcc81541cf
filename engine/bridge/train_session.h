// A training run of the open project: makes the request from the project's splits, runs it behind the door, keeps what it told, and records it among
// the project's runs, also where the project is closed before it ends. Thread: as Session. A training needs no open window: what it writes is a
// run folder as of earmark-cli.
#pragma once

#include "engine/bridge/project_session.h"
#include "engine/bridge/session.h"
#include "engine/compute/compute.h"
#include "engine/dataset/run_record.h"

namespace earmark
{

struct TrainPlan {
    std::string base;     ///< a model folder, or "scratch:PRESET"
    std::string baseName; ///< "owner/name" of a base out of the Hub's cache, for the model card
    std::string name;     ///< of the run; chosen where empty
    std::string out;  ///< run folder; NAME-runs/N beside the project where empty
    Recipe recipe;
    std::string trainSplit = "train";
    std::string validationSplit = "validation";
    std::string testSplit = "test"; ///< of the final report; the validation split where the project has none
    bool regions = false;           ///< learn from labelled regions, each a clip of its own, instead of whole clips
    bool resume = false;            ///< go on with the run in `out`: base, splits and what `recipe` leaves open are as they were
    ComputeOptions options;
};

/// What the plan asks of the networks. Thread: the project's.
Result<TrainRequest> trainRequest(const Project& project, const TrainPlan& plan);

class TrainSession : public Session
{
    Q_OBJECT

public:
    TrainSession(ProjectSession& project, TrainPlan plan, QObject* parent = nullptr);
    ~TrainSession() override;

    const TrainPlan& plan() const { return plan_; }
    const std::string& folder() const { return folder_; }        ///< known from begun() on
    std::optional<std::int64_t> runId() const { return runId_; } ///< in the project; nothing where the run could not be noted there
    /// Of a run that was resumed also what it told before.
    const std::vector<StepEvent>& steps() const { return steps_; }
    const std::vector<EvaluateEvent>& evaluations() const { return evaluations_; }
    const std::vector<CheckpointEvent>& checkpoints() const { return checkpoints_; }
    const std::optional<TrainOutcome>& outcome() const { return outcome_; } ///< once it has ended without error
    double stepsPerSecond() const; ///< over the last steps; 0 while unknown

    bool canPause() const override { return true; }

Q_SIGNALS:
    void begun();                          ///< folder() and runId() are known
    void stepsAdded(int first, int count); ///< into steps()
    void evaluationAdded();
    void checkpointAdded();

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;
    void setPaused(bool paused) override;

private:
    struct Private;

    Result<void> onProject(const std::function<Result<void>(Project&)>& work);
    Result<std::optional<RunRecord>> begin(const TrainRequest& request);
    void tellBegun(std::string folder, std::optional<std::int64_t> run);
    void tellEarlier(const std::string& folder);
    void note(const RunRecord& record, const Result<TrainOutcome>& outcome);

    std::unique_ptr<Private> d_;
    ProjectSession& project_;
    const TrainPlan plan_;
    const std::string projectPath_; ///< the window may open another one meanwhile
    std::string folder_;
    std::optional<std::int64_t> runId_;
    std::vector<StepEvent> steps_;
    std::vector<EvaluateEvent> evaluations_;
    std::vector<CheckpointEvent> checkpoints_;
    std::optional<TrainOutcome> outcome_;
};

} // namespace earmark
