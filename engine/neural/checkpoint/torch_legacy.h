// pytorch_model.bin as `torch.save` wrote it before 1.6 (torch.serialization._legacy_save of torch 2.13): five pickles, then each storage as the
// number of its elements and their bytes. Nothing in it is ever run.
#pragma once

#include <memory>

#include "engine/neural/checkpoint/mapped_file.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// As readTorchZip.
Result<StateDict> readTorchLegacy(const std::shared_ptr<const MappedFile>& file);

} // namespace earmark::neural
