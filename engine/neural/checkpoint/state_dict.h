// Weights by name. Thread: the executor's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

/// In file order. Tensors may be views of a mapped file: read them, copy before writing.
using StateDict = std::vector<std::pair<std::string, torch::Tensor>>;

} // namespace earmark::neural
