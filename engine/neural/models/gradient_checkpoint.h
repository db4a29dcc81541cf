// Memory for time: activations of a block are dropped and computed again in the backward pass (torch.utils.checkpoint).
#pragma once

#include <functional>
#include <vector>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

using Tensors = std::vector<torch::Tensor>;

/// run(inputs), keeping only the inputs, all of them defined. Random draws (dropout) and autocast are the same the second time. `parameters` are
/// the block's.
torch::Tensor checkpointed(const std::function<torch::Tensor(const Tensors&)>& run, const Tensors& inputs, const Tensors& parameters);

} // namespace earmark::neural
