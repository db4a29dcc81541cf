// Keeps a run's record in its project, which is open only while something is written: a run of hours must not lock it.
// Thread: one at a time.
#pragma once

#include <optional>
#include <string>

#include "app/cli/console.h"
#include "engine/dataset/run_record.h"

namespace earmark::cli
{

class RunNote
{
public:
    /// Notes that the run has begun, or goes on. What cannot be noted is warned of and does not stop the run.
    RunNote(Console& console, std::string project, const TrainRequest& request);

    void end(const Result<TrainOutcome>& outcome);

private:
    Console& console_;
    std::string project_;
    std::optional<RunRecord> record_; ///< absent where the run could not be noted
};

} // namespace earmark::cli
