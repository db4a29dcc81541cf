// The product that most of a transformer's time goes into. Thread: the executor's.
#pragma once

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

/// x·Wᵀ + b as torch.nn.functional.linear: `x` (…, in), `weight` (out, in), `bias` (out) or undefined. In float32 on the CPU oneDNN computes it and the
/// gradient of `x`: there MKL knows processors of other makers than its own badly (119 against 156 to 209 GFLOP/s on two cores of an EPYC with AVX-512), and
/// torch itself asks MKL. The gradient of the weights is a product that both compute alike.
torch::Tensor linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias);

} // namespace earmark::neural
