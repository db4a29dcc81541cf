#include "engine/neural/checkpoint/torch_zip.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "engine/neural/checkpoint/mapped_tensor.h"
#include "engine/neural/checkpoint/pickle.h"
#include "engine/neural/checkpoint/stored_zip.h"

namespace earmark::neural
{

namespace
{

using Bytes = std::span<const std::byte>;
using Entries = std::map<std::string_view, Bytes>;

std::string_view asText(Bytes bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// "archive/" of "archive/data.pkl": everything lies in one folder, named after the file.
std::optional<std::string> rootOf(const Entries& entries)
{
    for (const auto& [name, bytes] : entries)
        if (name.ends_with("/data.pkl") && std::ranges::count(name, '/') == 1)
            return std::string(name.substr(0, name.find('/') + 1));
    return std::nullopt;
}

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

Result<StateDict> tensorsOf(const std::shared_ptr<const MappedFile>& file, const Entries& entries,
                            const std::string& root)
{
    const std::string& path = file->path();
    EARMARK_TRY(const auto described, unpickleStateDict(entries.at(root + "data.pkl"), path));
    StateDict tensors;
    for (const PickledTensor& tensor : described) {
        const auto storage = entries.find(root + "data/" + std::string(tensor.storageKey));
        const auto bytes = storage == entries.end() ? std::nullopt : reach(tensor, storage->second);
        if (!bytes)
            return failure("model.bad_weights",
                           quoteName(path) + " cannot be used: " + quoteName(tensor.name) +
                               " reaches beyond what is stored; fetch the file again.",
                           path);
        tensors.emplace_back(tensor.name, mappedTensor(file, *bytes, tensor.type, tensor.shape, tensor.strides));
    }
    if (tensors.empty())
        return failure("model.bad_weights",
                       quoteName(path) + " holds no tensors at its top level; save the model's state_dict() itself.",
                       path);
    return tensors;
}

} // namespace

Result<StateDict> readTorchZip(const std::string& path)
{
    EARMARK_TRY(const auto file, MappedFile::open(path));
    if (asText(file->bytes()).starts_with("\x80\x02"))
        return failure("model.unsupported",
                       quoteName(path) + " is in the form that torch wrote before version 1.6; save it again, as "
                                         "safetensors or with a newer torch.",
                       path);
    if (!asText(file->bytes()).starts_with("PK"))
        return failure("model.bad_weights",
                       quoteName(path) + " is not a file that torch.save wrote; fetch the file again.", path);
    EARMARK_TRY(const Entries entries, parseStoredZip(file->bytes(), path));
    const auto root = rootOf(entries);
    if (!root)
        return failure("model.bad_weights",
                       quoteName(path) + " is a zip file but holds no weights (no data.pkl); fetch the file again.",
                       path);
    const auto order = entries.find(*root + "byteorder");
    if (order != entries.end() && asText(order->second) != "little")
        return failure("model.unsupported",
                       quoteName(path) + " was saved on a big-endian machine; save it again as safetensors.", path);
    return tensorsOf(file, entries, *root);
}

} // namespace earmark::neural
