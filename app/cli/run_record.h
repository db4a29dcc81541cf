// A training run as its project remembers it: that it was started, how it ended, and what it said of each clip.
// Thread: one at a time. The project is open only while something is written: a run of hours must not lock it.
#pragma once

#include <cstdint>
#include <string>

#include "app/cli/console.h"
#include "engine/compute/compute.h"

namespace earmark::cli
{

class RunRecord
{
public:
    /// Notes that the run in `folder` has begun, or goes on. What cannot be noted is warned of and does not stop the run.
    RunRecord(Console& console, std::string project, const TrainRequest& request);

    void finish(const TrainOutcome& outcome, const std::string& split);
    void fail();

private:
    Result<std::int64_t> begin(const TrainRequest& request) const;
    Result<void> end(const std::string& state, const TrainOutcome* outcome, const std::string& split) const;
    void warn(const Result<void>& result) const;

    Console& console_;
    std::string project_;
    std::string folder_;
    std::int64_t id_ = 0; ///< 0 where the run could not be noted
};

} // namespace earmark::cli
