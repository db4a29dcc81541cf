// The weighted sum of a network's layers (use_weighted_layer_sum).
#pragma once

#include <vector>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

/// `states`, all of one shape, times the softmax of `weights` (one number a state), added up.
inline torch::Tensor layerSum(const std::vector<torch::Tensor>& states, const torch::Tensor& weights)
{
    const torch::Tensor shares = at::softmax(weights, -1);
    torch::Tensor sum = states[0] * shares[0];
    for (std::size_t i = 1; i < states.size(); ++i)
        sum = sum + states[i] * shares[static_cast<std::int64_t>(i)];
    return sum;
}

} // namespace earmark::neural
