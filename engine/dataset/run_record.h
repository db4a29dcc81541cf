// A training run as its project remembers it: that it was started, how it ended, and what it said of each clip.
// Thread: one at a time. The project is handed in only while something is written: a run of hours must not hold it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/error.h"
#include "engine/compute/compute.h"
#include "engine/dataset/project.h"

namespace earmark
{

class WriteLock;

/// While it lives, a lock beside the run folder tells other processes that the run goes on; the kernel drops it with the process.
class RunRecord
{
public:
    /// Notes that the run in `request.out` has begun, or goes on. `name` is chosen where empty. Error: project.locked where the run goes on in
    /// another process.
    static Result<RunRecord> begin(Project& project, const TrainRequest& request, const std::string& name = {});

    RunRecord(RunRecord&&) noexcept;
    RunRecord& operator=(RunRecord&&) noexcept;
    ~RunRecord();

    std::int64_t id() const { return id_; }

    /// Notes how it ended: state, settings, labels, report, and a prediction for each clip of the report.
    Result<void> end(Project& project, const Result<TrainOutcome>& outcome) const;

private:
    RunRecord(std::int64_t id, std::unique_ptr<WriteLock> lock, const TrainRequest& request);

    std::int64_t id_ = 0;
    std::unique_ptr<WriteLock> lock_;
    std::string folder_;
    std::string split_;    ///< of the report
    bool ofClips_ = true; ///< the report's rows are whole clips
};

/// Keeps what a report says of each clip as the run's predictions; clips that left the project meanwhile are passed over.
Result<void> addPredictions(Project& project, std::int64_t run, const ClassificationReport& report, const std::string& split);

/// Runs that never ended because their process did become "stopped"; returns how many.
Result<int> endLostRuns(Project& project);

} // namespace earmark
