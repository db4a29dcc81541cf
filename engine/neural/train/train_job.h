// Compute::train, from the request to the finished run folder. Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// `betweenSteps` may run other small jobs.
Result<TrainOutcome> runTraining(const TrainRequest& request, TrainObserver& observer, std::stop_token stop, const std::function<void()>& betweenSteps);

} // namespace earmark::neural
