// Zips as torch.save writes them, and as an attacker would, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct ZipEntry {
    std::string name;
    std::string content;
    std::uint16_t method = 0;         ///< 0 stored, 8 deflated
    std::uint32_t statedSize = 0;     ///< in the table of contents, where not the content's own
    std::uint32_t statedOffset = ~0u; ///< likewise
};

inline std::string littleEndian(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(number >> (8 * i));
    return text;
}

/// `large`: with the 64-bit records that a file beyond 4 GiB has.
inline std::string makeZip(const std::vector<ZipEntry>& entries, bool large = false)
{
    std::string file, directory;
    for (const ZipEntry& entry : entries) {
        const auto offset = entry.statedOffset == ~0u ? file.size() : entry.statedOffset;
        const auto size = entry.statedSize == 0 ? entry.content.size() : entry.statedSize;
        const std::size_t padding = (64 - (file.size() + 30 + entry.name.size() + 4) % 64) % 64;
        file += "PK\3\4" + littleEndian(0, 2) + littleEndian(8, 2) + littleEndian(entry.method, 2) +
                std::string(16, '\0') + littleEndian(entry.name.size(), 2) + littleEndian(4 + padding, 2) + entry.name +
                "FB" + littleEndian(padding, 2) + std::string(padding, 'Z') + entry.content;
        const auto number = [&](std::uint64_t value) { return littleEndian(large ? ~0u : value, 4); };
        const std::string extra = large ? littleEndian(1, 2) + littleEndian(24, 2) + littleEndian(size, 8) +
                                              littleEndian(size, 8) + littleEndian(offset, 8)
                                        : "";
        directory += "PK\1\2" + littleEndian(0, 4) + littleEndian(8, 2) + littleEndian(entry.method, 2) +
                     std::string(8, '\0') + number(size) + number(size) + littleEndian(entry.name.size(), 2) +
                     littleEndian(extra.size(), 2) + std::string(10, '\0') + number(offset) + entry.name + extra;
    }
    const std::size_t start = file.size();
    file += directory;
    if (large)
        file += "PK\6\6" + littleEndian(44, 8) + std::string(12, '\0') + littleEndian(entries.size(), 8) +
                littleEndian(entries.size(), 8) + littleEndian(directory.size(), 8) + littleEndian(start, 8) +
                "PK\6\7" + littleEndian(0, 4) + littleEndian(start + directory.size(), 8) + littleEndian(1, 4);
    return file + std::string("PK\5\6\0\0\0\0", 8) + littleEndian(entries.size(), 2) + littleEndian(entries.size(), 2) +
           littleEndian(large ? ~0u : directory.size(), 4) + littleEndian(large ? ~0u : start, 4) + littleEndian(0, 2);
}
