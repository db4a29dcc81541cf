// Compute::judgePretraining: a network that learns from sound alone on a set of clips, in batches padded as in its training. Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Draws masks and negatives from streams of its own, seeded by the recipe's seed, and nothing from the process's. Errors: model.*, io.*, train.no_clips.
Result<PretrainingOutcome> judgePretraining(const JudgePretrainingRequest& request, std::stop_token stop, const std::function<void()>& betweenBatches);

} // namespace earmark::neural
