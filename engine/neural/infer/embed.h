// Clips as vectors: the mean over time of one hidden state. Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Compute::embed: false where stopped.
Result<bool> embedClips(const EmbedRequest& request, const EmbedObserver& observer, std::stop_token stop,
                        const std::function<void()>& betweenBatches = {});

} // namespace earmark::neural
