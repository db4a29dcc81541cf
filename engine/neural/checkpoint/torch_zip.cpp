#include "engine/neural/checkpoint/torch_zip.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "engine/neural/checkpoint/pickled_tensors.h"
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

} // namespace

Result<StateDict> readTorchZip(const std::shared_ptr<const MappedFile>& file)
{
    const std::string& path = file->path();
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
    EARMARK_TRY(const auto described, unpickleStateDict(entries.at(*root + "data.pkl"), path));
    return mapTensors(file, described, [&](std::string_view key) -> std::optional<Bytes> {
        const auto storage = entries.find(*root + "data/" + std::string(key));
        return storage == entries.end() ? std::nullopt : std::optional(storage->second);
    });
}

} // namespace earmark::neural
