// A tensor that looks into a mapped file. Thread: the executor's.
#pragma once

#include <memory>

#include "engine/neural/checkpoint/element_type.h"
#include "engine/neural/checkpoint/mapped_file.h"
#include "engine/neural/device/torch.h"

namespace earmark::neural
{

torch::ScalarType scalarType(ElementType type);

/// The tensor keeps the mapping alive. Where the bytes are not aligned for the type, a copy. The caller has checked
/// that `bytes` hold all that shape and strides (in elements) reach. To be read only.
torch::Tensor mappedTensor(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes, ElementType type,
                           const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides);

} // namespace earmark::neural
