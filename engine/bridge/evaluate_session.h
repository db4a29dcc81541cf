// A model on a split of a project, against what people said: the report, as `earmark-cli evaluate` makes it. Thread: as Session.
#pragma once

#include "engine/bridge/project_session.h"
#include "engine/bridge/session.h"
#include "engine/compute/compute.h"

namespace earmark
{

struct EvaluatePlan {
    std::string model;               ///< folder
    std::optional<std::int64_t> run; ///< of the open project, where the model is one: its predictions are kept there
    std::string split = "test";      ///< "" for all clips
    bool regions = false;            ///< each labelled region is heard as a clip of its own
    std::vector<Sample> samples;     ///< where not empty, these instead of the open project's: a folder or another project
    ComputeOptions options;
};

class EvaluateSession : public Session
{
    Q_OBJECT

public:
    EvaluateSession(ProjectSession& project, EvaluatePlan plan, QString title = {}, QObject* parent = nullptr);
    ~EvaluateSession() override;

    const EvaluatePlan& plan() const { return plan_; }
    const std::optional<ClassificationReport>& report() const { return report_; } ///< once it has finished
    const std::vector<std::string>& unknownLabels() const { return unknownLabels_; } ///< labels of the clips that the model does not have
    std::size_t leftOut() const { return leftOut_; }                                 ///< clips without a label, or that could not be read

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    void keepPredictions(const ClassificationReport& report);

    ProjectSession& project_;
    const EvaluatePlan plan_;
    const std::string projectPath_; ///< the window may open another one meanwhile
    std::optional<ClassificationReport> report_;
    std::optional<ClassificationReport> madeReport_; ///< until the thread that made it is over
    std::vector<std::string> unknownLabels_;
    std::size_t leftOut_ = 0;
};

} // namespace earmark
