#include "engine/neural/checkpoint/pickled_tensors.h"

#include <algorithm>

#include "engine/neural/checkpoint/mapped_tensor.h"

namespace earmark::neural
{

namespace
{

using Bytes = std::span<const std::byte>;

/// The bytes from the tensor's first element to its last, if its storage reaches that far; nothing for a tensor without
/// elements.
std::optional<Bytes> reach(const PickledTensor& tensor, Bytes storage)
{
    constexpr std::int64_t mostRepeated = 1 << 24; // elements that share their bytes, as expand() makes them
    const auto held = std::min<std::int64_t>(tensor.storageElements,
                                             static_cast<std::int64_t>(storage.size() / elementSize(tensor.type)));
    std::int64_t elements = 1, last = tensor.offset;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        const std::int64_t length =
            std::max<std::int64_t>(tensor.shape[i], 1); // torch multiplies all of them, even beside a zero
        std::int64_t step = 0;
        if (__builtin_mul_overflow(elements, length, &elements) ||
            __builtin_mul_overflow(length - 1, tensor.strides[i], &step) || __builtin_add_overflow(last, step, &last))
            return std::nullopt;
    }
    if (std::ranges::find(tensor.shape, 0) != tensor.shape.end())
        return Bytes();
    if (last >= held || elements > std::max(held, mostRepeated))
        return std::nullopt;
    const std::size_t size = elementSize(tensor.type);
    return storage.subspan(static_cast<std::size_t>(tensor.offset) * size,
                           static_cast<std::size_t>(last - tensor.offset + 1) * size);
}

} // namespace

Result<StateDict> mapTensors(const std::shared_ptr<const MappedFile>& file, const std::vector<PickledTensor>& described, const StorageBytes& storage)
{
    const std::string& path = file->path();
    StateDict tensors;
    for (const PickledTensor& tensor : described) {
        const auto held = storage(tensor.storageKey);
        const auto bytes = held ? reach(tensor, *held) : std::nullopt;
        if (!bytes)
            return failure("model.bad_weights", quoteName(path) + " cannot be used: " + quoteName(tensor.name) + " reaches beyond what is stored; fetch the file again.", path);
        tensors.emplace_back(tensor.name, mappedTensor(file, *bytes, tensor.type, tensor.shape, tensor.strides));
    }
    if (tensors.empty())
        return failure("model.bad_weights", quoteName(path) + " holds no tensors at its top level; save the model's state_dict() itself.", path);
    return tensors;
}

} // namespace earmark::neural
