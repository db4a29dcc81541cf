// Activation functions under the names that transformers' ACT2FN has for them.
#pragma once

#include <string>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

using Activation = torch::Tensor (*)(const torch::Tensor&);

/// Null where the name is not known or the activation has parameters of its own (prelu, xielu).
Activation findActivation(const std::string& name);

/// The exact GELU, x·Φ(x): what the fast paths know how to fuse.
torch::Tensor gelu(const torch::Tensor& x);

} // namespace earmark::neural
