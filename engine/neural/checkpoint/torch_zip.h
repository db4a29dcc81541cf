// pytorch_model.bin as `torch.save` has written it since 1.6: a zip of stored entries, one of them a pickle. Nothing in
// it is ever run.
#pragma once

#include <memory>

#include "engine/neural/checkpoint/mapped_file.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// The tensors of the dictionary at its top, as views of the mapped file (tied and strided ones too); what else it
/// holds is passed over. Thread: the executor's. Errors: model.bad_weights, model.unsafe_weights, model.unsupported.
Result<StateDict> readTorchZip(const std::shared_ptr<const MappedFile>& file);

} // namespace earmark::neural
