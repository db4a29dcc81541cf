// Compute::estimate: what a training would take, from one or two steps of its model on noise. Thread: the executor's.
#pragma once

#include <optional>
#include <stop_token>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Between two steps of another training the caller puts random generators, grad mode and threads back; what else it changes it puts back itself.
Result<std::optional<TrainEstimate>> estimateTraining(const TrainRequest& request, std::stop_token stop);

} // namespace earmark::neural
