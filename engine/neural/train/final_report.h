// The report at the end of a training: each clip of its split by the saved model, as if alone. Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Writes `folder`/report.json and fills the outcome's report of that kind; none where no clip of the split can be judged, or where stopped.
/// Errors: model.*, io.*.
Result<void> writeReport(const TrainRequest& request, const Recipe& recipe, const std::string& folder, TrainObserver& observer, std::stop_token stop,
                         const std::function<void()>& betweenBatches, TrainOutcome& outcome);

} // namespace earmark::neural
