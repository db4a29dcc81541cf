// Labels with scores for clips, or for windows over long ones. Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Compute::classify. `betweenBatches` may run other small jobs.
Result<ClassifyOutcome> classifyClips(const ClassifyRequest& request, const ClassifyObserver& observer, std::stop_token stop,
                                      const std::function<void()>& betweenBatches = {});

} // namespace earmark::neural
