#include "engine/neural/checkpoint/torch_legacy.h"

#include <cstring>
#include <map>

#include "engine/neural/checkpoint/pickled_tensors.h"

namespace earmark::neural
{

namespace
{

using Bytes = std::span<const std::byte>;

/// Where each storage's bytes lie; nothing where the file ends before the last of them does.
std::optional<std::map<std::string_view, Bytes>> storagesOf(const LegacyPickles& pickles, Bytes rest)
{
    std::map<std::string_view, Bytes> found;
    for (const PickledStorage& storage : pickles.storages) {
        std::int64_t elements = 0;
        if (rest.size() < sizeof elements)
            return std::nullopt;
        std::memcpy(&elements, rest.data(), sizeof elements);
        rest = rest.subspan(sizeof elements);
        const std::size_t size = elementSize(storage.type);
        if (elements != storage.elements || static_cast<std::uint64_t>(elements) > rest.size() / size)
            return std::nullopt;
        found[storage.key] = rest.first(static_cast<std::size_t>(elements) * size);
        rest = rest.subspan(found[storage.key].size());
    }
    return found;
}

} // namespace

Result<StateDict> readTorchLegacy(const std::shared_ptr<const MappedFile>& file)
{
    EARMARK_TRY(const LegacyPickles pickles, unpickleLegacy(file->bytes(), file->path()));
    const auto storages = storagesOf(pickles, file->bytes().subspan(pickles.length));
    if (!storages)
        return failure("model.bad_weights", quoteName(file->path()) + " is cut short; fetch the file again.", file->path());
    return mapTensors(file, pickles.tensors, [&](std::string_view key) -> std::optional<Bytes> {
        const auto storage = storages->find(key);
        return storage == storages->end() ? std::nullopt : std::optional(storage->second);
    });
}

} // namespace earmark::neural
