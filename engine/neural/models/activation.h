// Activation functions under the names that transformers' ACT2FN has for them.
#pragma once

#include <string>

#include "engine/neural/checkpoint/config.h"

namespace at
{
class Tensor; // whoever reads configurations need not know more of it
}

namespace earmark::neural
{

using Activation = at::Tensor (*)(const at::Tensor&);

/// Null where the name is not known or the activation has parameters of its own (prelu, xielu).
Activation findActivation(const std::string& name);

/// The one that config.json names; never null, and a name that is not known is remembered by `read`.
Activation readActivation(ConfigReader& read, const char* key, const char* byDefault = "gelu");

/// The exact GELU, x·Φ(x): what the fast paths know how to fuse.
at::Tensor gelu(const at::Tensor& x);

} // namespace earmark::neural
