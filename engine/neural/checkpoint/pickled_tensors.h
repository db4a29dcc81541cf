// From tensors as a pickle describes them to views of the mapped file. Thread: the executor's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/neural/checkpoint/mapped_file.h"
#include "engine/neural/checkpoint/pickle.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

using StorageBytes = std::function<std::optional<std::span<const std::byte>>(std::string_view key)>;

/// Each tensor within the bytes of its storage, which `storage` finds. Error: model.bad_weights for one that reaches beyond them, or where there is none
/// at all.
Result<StateDict> mapTensors(const std::shared_ptr<const MappedFile>& file, const std::vector<PickledTensor>& described, const StorageBytes& storage);

} // namespace earmark::neural
