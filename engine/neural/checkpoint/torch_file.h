// What torch.save wrote, in either of its forms. Thread: the executor's.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// The tensors of the dictionary at its top, as views of the mapped file. Errors: io.*, model.bad_weights, model.unsafe_weights, model.unsupported.
Result<StateDict> readTorchFile(const std::string& path);

} // namespace earmark::neural
