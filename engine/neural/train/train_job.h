// Compute::train, from the request to the finished run folder. Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/compute/compute.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/settings.h"

namespace earmark::neural
{

/// The model that a training of the request would begin with, on its device and in training mode, and the settings it would use. No clip is read.
struct TrialModel {
    LoadedModel loaded;
    TrainingSettings settings;
    torch::Device device = torch::kCPU;
};
Result<TrialModel> trialModel(const TrainRequest& request);

/// `betweenSteps` may run other small jobs, and take its time.
Result<TrainOutcome> runTraining(const TrainRequest& request, TrainObserver& observer, std::stop_token stop, const std::function<void()>& betweenSteps);

} // namespace earmark::neural
