// Convolutions over (batch, time, channel) as matrix products, for float32 on the CPU. In this layout a window of K frames × C channels is one
// run of memory, so the windows are rows of a matrix that need no copying: K/stride products over non-overlapping views are added up. Forward
// this saves the transposes and hides the activation in the cache; backward it is more than twice as fast as oneDNN's conv1d.
#pragma once

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

struct WindowedOptions {
    std::int64_t kernel = 1, stride = 1;
    bool gelu = false; ///< followed by the exact GELU
};

/// x (batch, time, in); weights (1 or batch, kernel · in, out), rows ordered by tap, then channel; bias (1 or batch, out) or undefined.
/// Returns (batch, frames, out). Differentiable; the result does not depend on the number of threads in the forward pass.
torch::Tensor windowedConvolution(const torch::Tensor& x, const torch::Tensor& weights, const torch::Tensor& bias, const WindowedOptions& options);

/// A convolution's weight (out, in, kernel) in the layout above.
torch::Tensor windowedWeight(const torch::Tensor& weight);

/// True where the functions here can stand in for plain torch operations.
bool canUseWindows(const torch::Tensor& x);

/// Weights and bias, one for each clip, that make a convolution of a one-channel signal and the group norm (one channel a group) after it one
/// step: mean and variance of each output follow from those of the input's windows. `samples` (batch, time); the others as torch has them.
std::pair<torch::Tensor, torch::Tensor> foldGroupNorm(const torch::Tensor& samples, const torch::Tensor& weight, const torch::Tensor& gamma,
                                                      const torch::Tensor& beta, std::int64_t stride, double eps);

} // namespace earmark::neural
