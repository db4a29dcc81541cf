#include "engine/neural/checkpoint/stored_zip.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace earmark::neural
{

namespace
{

using Bytes = std::span<const std::byte>;

constexpr std::uint32_t localSignature = 0x04034b50, centralSignature = 0x02014b50, endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50, locator64Signature = 0x07064b50;
constexpr std::uint64_t see64 = 0xFFFFFFFF; ///< the number is in the 64-bit extension

std::optional<Bytes> part(Bytes bytes, std::uint64_t offset, std::uint64_t size)
{
    if (offset > bytes.size() || size > bytes.size() - offset)
        return std::nullopt;
    return bytes.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

/// Little-endian; the caller has checked that it lies inside.
std::uint64_t number(Bytes bytes, std::size_t offset, std::size_t size)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value |= static_cast<std::uint64_t>(bytes[offset + i]) << (8 * i);
    return value;
}

/// The end record is the last thing in the file but for a comment whose length it states.
std::optional<std::size_t> findEnd(Bytes file)
{
    constexpr std::size_t size = 22, longestComment = 0xFFFF;
    if (file.size() < size)
        return std::nullopt;
    const std::size_t last = file.size() - size;
    for (std::size_t back = 0; back <= std::min(last, longestComment); ++back)
        if (number(file, last - back, 4) == endSignature && number(file, last - back + 20, 2) == back)
            return last - back;
    return std::nullopt;
}

/// The central directory's bytes.
std::optional<Bytes> findDirectory(Bytes file)
{
    const auto end = findEnd(file);
    if (!end)
        return std::nullopt;
    if (*end >= 20 && number(file, *end - 20, 4) == locator64Signature) {
        const auto record = part(file, number(file, *end - 12, 8), 56);
        if (!record || number(*record, 0, 4) != end64Signature)
            return std::nullopt;
        return part(file, number(*record, 48, 8), number(*record, 40, 8));
    }
    return part(file, number(file, *end + 16, 4), number(file, *end + 12, 4));
}

struct Entry {
    std::string_view name;
    std::uint64_t flags, method, storedSize, size, offset;
};

/// Fills in the numbers that did not fit 32 bits.
bool read64(Entry& entry, Bytes extra)
{
    while (extra.size() >= 4) {
        const auto field = part(extra, 4, number(extra, 2, 2));
        if (!field)
            return false;
        if (number(extra, 0, 2) == 1) {
            std::size_t at = 0;
            for (std::uint64_t* const value : {&entry.size, &entry.storedSize, &entry.offset})
                if (*value == see64) {
                    if (at + 8 > field->size())
                        return false;
                    *value = number(*field, at, 8);
                    at += 8;
                }
        }
        extra = extra.subspan(4 + field->size());
    }
    return true;
}

/// Takes one entry off the directory's front.
std::optional<Entry> takeEntry(Bytes& directory)
{
    constexpr std::size_t fixed = 46;
    if (directory.size() < fixed || number(directory, 0, 4) != centralSignature)
        return std::nullopt;
    const std::size_t nameSize = number(directory, 28, 2), extraSize = number(directory, 30, 2),
                      commentSize = number(directory, 32, 2);
    const auto tail = part(directory, fixed, nameSize + extraSize + commentSize);
    if (!tail)
        return std::nullopt;
    Entry entry{{reinterpret_cast<const char*>(tail->data()), nameSize},
                number(directory, 8, 2),
                number(directory, 10, 2),
                number(directory, 20, 4),
                number(directory, 24, 4),
                number(directory, 42, 4)};
    if (!read64(entry, tail->subspan(nameSize, extraSize)))
        return std::nullopt;
    directory = directory.subspan(fixed + tail->size());
    return entry;
}

std::optional<Bytes> contentOf(const Entry& entry, Bytes file)
{
    const auto header = part(file, entry.offset, 30);
    if (!header || number(*header, 0, 4) != localSignature)
        return std::nullopt;
    return part(file, entry.offset + 30 + number(*header, 26, 2) + number(*header, 28, 2), entry.size);
}

} // namespace

Result<std::map<std::string_view, std::span<const std::byte>>> parseStoredZip(std::span<const std::byte> file,
                                                                              const std::string& path)
{
    const auto refuse = [&](const std::string& why) {
        return failure("model.bad_weights", quoteName(path) + " cannot be used: " + why + "; fetch the file again.",
                       path);
    };
    auto directory = findDirectory(file);
    if (!directory)
        return refuse("it is damaged or cut short (its table of contents is missing)");
    std::map<std::string_view, Bytes> entries;
    while (!directory->empty()) {
        const auto entry = takeEntry(*directory);
        if (!entry)
            return refuse("its table of contents is damaged");
        if (entry->method != 0 || (entry->flags & 1) != 0 || entry->storedSize != entry->size)
            return refuse("its entry " + quoteName(entry->name) +
                          " is compressed or encrypted, which torch.save never does");
        const auto content = contentOf(*entry, file);
        if (!content)
            return refuse("its entry " + quoteName(entry->name) + " lies outside the file");
        if (!entries.emplace(entry->name, *content).second)
            return refuse("it has two entries named " + quoteName(entry->name));
    }
    return entries;
}

} // namespace earmark::neural
