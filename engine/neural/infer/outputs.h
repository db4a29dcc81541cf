// `earmark-cli outputs`: one padded batch through a model, every tensor under its Hugging Face name. Thread: the executor's.
#pragma once

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Errors: model.*, audio.*, usage.*, compute.*, io.*.
Result<OutputsOutcome> computeOutputs(const OutputsRequest& request);

} // namespace earmark::neural
