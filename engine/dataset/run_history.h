// What a run wrote of itself into its folder, read back for curves and tables: trainer_state.json in the shape of Hugging Face's, its checkpoints, its
// report. Nothing here needs the networks.
// Thread: any. A run folder may be anyone's: what cannot be read is absent, never an error that stops a list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/compute/compute.h"

namespace earmark
{

struct RunHistory {
    std::vector<StepEvent> steps; ///< stepsPerSecond is 0
    std::vector<EvaluateEvent> evaluations;
    std::int64_t totalSteps = 0;
    std::int64_t bestStep = 0; ///< 0 where no best model was looked for
    std::optional<double> bestMetric;
};

/// Of a trainer_state.json's text. Error: io.unreadable where it is none.
Result<RunHistory> parseRunHistory(std::string_view trainerState);
/// Of a run that has ended, or of the last checkpoint of one that has not. Errors: io.not_found, io.unreadable.
Result<RunHistory> readRunHistory(const std::string& folder);

/// What a report.json says in one line.
struct RunScore {
    std::string split;
    std::int64_t clips = 0;
    double accuracy = 0;
    Interval interval; ///< 95 %
};
std::optional<RunScore> scoreOf(std::string_view report);

/// It has a checkpoint that a training can go on from.
bool canResume(const std::string& folder);

} // namespace earmark
