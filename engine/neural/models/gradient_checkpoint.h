// Memory for time: activations of a block are dropped and computed again in the backward pass (torch.utils.checkpoint).
#pragma once

#include <functional>

#include "engine/neural/torch.h"

namespace earmark::neural
{

/// run(x), keeping only x. Random draws (dropout) and autocast are the same the second time. `parameters` are the block's.
torch::Tensor checkpointed(const std::function<torch::Tensor(const torch::Tensor&)>& run, const torch::Tensor& x,
                           const std::vector<torch::Tensor>& parameters);

} // namespace earmark::neural
