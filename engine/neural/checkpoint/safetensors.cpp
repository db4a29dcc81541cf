#include "engine/neural/checkpoint/safetensors.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/mapped_tensor.h"
#include "engine/neural/checkpoint/safetensors_header.h"

namespace earmark::neural
{

namespace
{

std::vector<std::int64_t> rowMajorStrides(const std::vector<std::int64_t>& shape)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;)
        strides[i - 1] = strides[i] * shape[i];
    return strides;
}

struct TypeName {
    torch::ScalarType type;
    const char* name;
};

// In the order in which safetensors sorts, from the last to the first.
constexpr TypeName typeNames[] = {{torch::kInt64, "I64"}, {torch::kFloat64, "F64"},   {torch::kFloat, "F32"},
                                  {torch::kInt32, "I32"}, {torch::kBFloat16, "BF16"}, {torch::kFloat16, "F16"},
                                  {torch::kInt16, "I16"}, {torch::kInt8, "I8"},       {torch::kUInt8, "U8"},
                                  {torch::kBool, "BOOL"}};

const TypeName* typeName(const torch::Tensor& tensor)
{
    const auto* const row = std::ranges::find(typeNames, tensor.scalar_type(), &TypeName::type);
    return row == std::end(typeNames) ? nullptr : row;
}

using Item = const StateDict::value_type*;

Result<std::vector<Item>> sortedItems(const StateDict& tensors, const std::string& path)
{
    std::vector<Item> items;
    std::set<std::string_view> names;
    for (const auto& item : tensors) {
        if (!names.insert(item.first).second || item.first == "__metadata__" || !typeName(item.second))
            return failure("internal", quoteName(path) + " cannot hold the tensor " + quoteName(item.first) + ".",
                           path);
        items.push_back(&item);
    }
    std::ranges::sort(items, {},
                      [](Item item) { return std::pair(typeName(item->second), std::string_view(item->first)); });
    return items;
}

/// Padded with spaces to a multiple of eight, so that the tensors behind it are aligned.
std::string headerText(const std::vector<Item>& items, const std::map<std::string, std::string>& metadata)
{
    auto header = nlohmann::ordered_json::object();
    auto& entries = header.get_ref<nlohmann::ordered_json::object_t&>();
    if (!metadata.empty())
        entries.emplace_back("__metadata__", metadata);
    std::size_t offset = 0;
    for (const Item item : items) {
        const std::size_t end = offset + item->second.nbytes();
        entries.emplace_back(item->first, nlohmann::ordered_json{{"dtype", typeName(item->second)->name},
                                                                 {"shape", item->second.sizes().vec()},
                                                                 {"data_offsets", {offset, end}}});
        offset = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

Result<void> writeAll(const Appender& append, const std::vector<Item>& items, const std::string& header)
{
    std::byte length[8];
    for (std::size_t i = 0; i < sizeof length; ++i)
        length[i] = static_cast<std::byte>(header.size() >> (8 * i));
    EARMARK_TRY_VOID(append(length));
    EARMARK_TRY_VOID(append(std::as_bytes(std::span(header))));
    for (const Item item : items) {
        const torch::Tensor plain = item->second.detach().cpu().contiguous(); // one at a time
        EARMARK_TRY_VOID(append({static_cast<const std::byte*>(plain.const_data_ptr()), plain.nbytes()}));
    }
    return {};
}

} // namespace

Result<StateDict> readSafetensors(const std::string& path)
{
    EARMARK_TRY(const auto file, MappedFile::open(path));
    EARMARK_TRY(const auto header, parseSafetensorsHeader(file->bytes(), path));
    StateDict tensors;
    for (const SafetensorsEntry& entry : header.entries)
        tensors.emplace_back(entry.name, mappedTensor(file, file->bytes().subspan(entry.offset, entry.size), entry.type,
                                                      entry.shape, rowMajorStrides(entry.shape)));
    return tensors;
}

Result<void> writeSafetensors(const std::string& path, const StateDict& tensors,
                              const std::map<std::string, std::string>& metadata)
{
    EARMARK_TRY(const auto items, sortedItems(tensors, path));
    const std::string header = headerText(items, metadata);
    return writeFileAtomically(path, [&](const Appender& append) { return writeAll(append, items, header); });
}

} // namespace earmark::neural
