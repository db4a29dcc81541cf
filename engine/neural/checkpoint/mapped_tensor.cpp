#include "engine/neural/checkpoint/mapped_tensor.h"

#include <cstring>

namespace earmark::neural
{

torch::ScalarType scalarType(ElementType type)
{
    constexpr torch::ScalarType types[] = {torch::kBool,    torch::kUInt8,    torch::kInt8,  torch::kInt16,
                                           torch::kFloat16, torch::kBFloat16, torch::kInt32, torch::kFloat,
                                           torch::kFloat64, torch::kInt64};
    return types[static_cast<std::size_t>(type)];
}

torch::Tensor mappedTensor(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes, ElementType type,
                           const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides)
{
    if (bytes.empty())
        return torch::empty(shape, scalarType(type));
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % elementSize(type) == 0)
        return torch::from_blob(
            const_cast<std::byte*>(bytes.data()), shape, strides, [file](void*) {}, scalarType(type));
    auto storage = torch::empty(static_cast<std::int64_t>(bytes.size() / elementSize(type)), scalarType(type));
    std::memcpy(storage.data_ptr(), bytes.data(), static_cast<std::size_t>(storage.nbytes()));
    return storage.as_strided(shape, strides);
}

} // namespace earmark::neural
