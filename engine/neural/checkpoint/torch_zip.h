// pytorch_model.bin as `torch.save` has written it since 1.6: a zip of stored entries, one of them a pickle. Nothing in
// it is ever run.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// The tensors of the dictionary at its top, as views of the mapped file (tied and strided ones too); what else it
/// holds is passed over. Thread: the executor's. Errors: io.*, model.bad_weights, model.unsafe_weights,
/// model.unsupported (saved before torch 1.6).
Result<StateDict> readTorchZip(const std::string& path);

} // namespace earmark::neural
