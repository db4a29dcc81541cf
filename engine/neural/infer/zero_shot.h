// Zero-shot classification: clips compared with texts that name what they may be, as transformers' zero-shot-audio-classification pipeline does it, with what
// it draws at random fixed (features/clap_feature_extractor.h). Thread: the executor's.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// `betweenBatches` is called after each batch. Errors: usage, model.*, io.*, compute.*.
Result<ClassifyOutcome> zeroShotClips(const ZeroShotRequest& request, const ClassifyObserver& observer, std::stop_token stop,
                                      const std::function<void()>& betweenBatches);

} // namespace earmark::neural
