#include "engine/neural/checkpoint/safetensors_header.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include <nlohmann/json.hpp>

namespace earmark::neural
{

namespace
{

using Json = nlohmann::json;

constexpr std::size_t longestHeader = 100'000'000; // the official limit
constexpr std::size_t mostDimensions = 32;

std::optional<ElementType> typeNamed(const std::string& name)
{
    constexpr std::pair<std::string_view, ElementType> types[] = {
        {"BOOL", ElementType::boolean}, {"U8", ElementType::u8},   {"I8", ElementType::i8},
        {"I16", ElementType::i16},      {"F16", ElementType::f16}, {"BF16", ElementType::bf16},
        {"I32", ElementType::i32},      {"F32", ElementType::f32}, {"F64", ElementType::f64},
        {"I64", ElementType::i64}};
    const auto row = std::ranges::find(types, std::string_view(name), &std::pair<std::string_view, ElementType>::first);
    return row == std::end(types) ? std::nullopt : std::optional(row->second);
}

/// Nothing where it overflows, even if another dimension is zero: torch would multiply them for the strides.
std::optional<std::uint64_t> sizeInBytes(ElementType type, const std::vector<std::uint64_t>& shape)
{
    std::int64_t bytes = static_cast<std::int64_t>(elementSize(type));
    for (const std::uint64_t length : shape)
        if (length > INT64_MAX ||
            __builtin_mul_overflow(bytes, std::max<std::int64_t>(static_cast<std::int64_t>(length), 1), &bytes))
            return std::nullopt;
    return std::ranges::find(shape, std::uint64_t{0}) == shape.end() ? static_cast<std::uint64_t>(bytes) : 0;
}

/// Takes the header as it is read: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__":
/// {"a": "b"}}. Anything else stops the reading with a reason.
class HeaderReader final : public nlohmann::json_sax<Json>
{
public:
    SafetensorsHeader header;
    std::string problem;

    bool start_object(std::size_t) override
    {
        if (++depth_ > 2 || list_)
            return refuse("its header is nested too deeply");
        if (depth_ == 2)
            startEntry();
        return true;
    }

    bool key(std::string& name) override
    {
        if (!keys_[depth_ - 1].insert(name).second)
            return refuse("its header names " + quoteName(name) + " twice");
        (depth_ == 1 ? entryName_ : field_) = name;
        return true;
    }

    bool end_object() override { return --depth_ == 0 || inMetadata() || finishEntry(); }

    bool start_array(std::size_t) override
    {
        if (depth_ != 2 || inMetadata() || list_ || (field_ != "shape" && field_ != "data_offsets"))
            return refuse("its header has a list where none belongs");
        list_ = field_ == "shape" ? &shape_ : &offsets_;
        list_->emplace();
        return true;
    }

    bool end_array() override
    {
        list_ = nullptr;
        return true;
    }

    bool number_unsigned(std::uint64_t number) override
    {
        if (!list_ || (*list_)->size() == mostDimensions)
            return refuse("its header has a number where none belongs");
        (*list_)->push_back(number);
        return true;
    }

    bool string(std::string& text) override
    {
        if (depth_ == 2 && inMetadata())
            return header.metadata.emplace(field_, text).second;
        if (depth_ != 2 || list_ || field_ != "dtype")
            return refuse("its header has a text where none belongs");
        type_ = typeNamed(text);
        return type_ ||
               refuse(quoteName(entryName_) + " is of type " + quoteName(text) + ", which Earmark does not read");
    }

    bool null() override { return refuse("its header has a null"); }
    bool boolean(bool) override { return refuse("its header has a truth value"); }
    bool number_integer(std::int64_t) override { return refuse("its header has a negative size"); }
    bool number_float(double, const std::string&) override { return refuse("its header has a size that is not whole"); }
    bool binary(Json::binary_t&) override { return refuse("its header has binary data"); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override
    {
        return refuse("its header is not valid JSON");
    }

private:
    using Numbers = std::vector<std::uint64_t>;

    bool inMetadata() const { return entryName_ == "__metadata__"; }

    bool refuse(std::string why)
    {
        problem = std::move(why);
        return false;
    }

    void startEntry()
    {
        keys_[1].clear();
        type_.reset();
        shape_.reset();
        offsets_.reset();
    }

    bool finishEntry()
    {
        if (!type_ || !shape_ || !offsets_ || offsets_->size() != 2 || (*offsets_)[1] < (*offsets_)[0])
            return refuse("the header's entry for " + quoteName(entryName_) + " is incomplete");
        SafetensorsEntry entry{entryName_, *type_, {}, (*offsets_)[0], (*offsets_)[1] - (*offsets_)[0]};
        const auto size = sizeInBytes(entry.type, *shape_);
        entry.shape.assign(shape_->begin(), shape_->end());
        if (!size || *size != entry.size)
            return refuse("the shape of " + quoteName(entryName_) + " does not fit its bytes");
        header.entries.push_back(std::move(entry));
        return true;
    }

    std::size_t depth_ = 0;
    std::string entryName_, field_;
    std::set<std::string> keys_[2];
    std::optional<ElementType> type_;
    std::optional<Numbers> shape_, offsets_;
    std::optional<Numbers>* list_ = nullptr;
};

/// The tensors follow each other without gap or overlap up to the file's end, so no byte belongs to two of them or to
/// none.
std::optional<std::string> checkPlaces(std::vector<SafetensorsEntry>& entries, std::size_t dataSize)
{
    std::ranges::stable_sort(entries, {},
                             [](const SafetensorsEntry& entry) { return std::pair(entry.offset, entry.size); });
    std::size_t end = 0;
    for (const SafetensorsEntry& entry : entries) {
        if (entry.offset != end || entry.size > dataSize - end)
            return "the bytes of " + quoteName(entry.name) +
                   (entry.offset < end   ? " overlap another tensor's"
                    : entry.offset > end ? " leave a gap before them"
                                         : " end beyond the file");
        end += entry.size;
    }
    if (end != dataSize)
        return "it has " + std::to_string(dataSize - end) + " bytes too many";
    return std::nullopt;
}

} // namespace

Result<SafetensorsHeader> parseSafetensorsHeader(std::span<const std::byte> file, const std::string& path)
{
    const auto refuse = [&](const std::string& why) {
        return failure("model.bad_weights", quoteName(path) + " cannot be used: " + why + "; fetch the file again.",
                       path);
    };
    std::uint64_t length = 0;
    if (file.size() < sizeof length)
        return refuse("it is too short for a safetensors file");
    for (std::size_t i = 0; i < sizeof length; ++i)
        length |= static_cast<std::uint64_t>(file[i]) << (8 * i);
    if (length > file.size() - sizeof length || length > longestHeader)
        return refuse("its header claims " + std::to_string(length) + " bytes, more than there are");
    const auto* const text = reinterpret_cast<const char*>(file.data() + sizeof length);
    if (length == 0 || *text != '{')
        return refuse("it does not start with a safetensors header");

    HeaderReader reader;
    if (!Json::sax_parse(text, text + length, &reader))
        return refuse(reader.problem.empty() ? "its header cannot be read" : reader.problem);
    const std::size_t start = sizeof length + static_cast<std::size_t>(length);
    if (const auto problem = checkPlaces(reader.header.entries, file.size() - start))
        return refuse(*problem);
    for (SafetensorsEntry& entry : reader.header.entries)
        entry.offset += start;
    return std::move(reader.header);
}

} // namespace earmark::neural
