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

inline std::string makeZip(const std::vector<ZipEntry>& entries)
{
    std::string file, directory;
    for (const ZipEntry& entry : entries) {
        const auto offset = entry.statedOffset == ~0u ? static_cast<std::uint32_t>(file.size()) : entry.statedOffset;
        const auto size = entry.statedSize == 0 ? static_cast<std::uint32_t>(entry.content.size()) : entry.statedSize;
        const std::size_t padding = (64 - (file.size() + 30 + entry.name.size() + 4) % 64) % 64;
        file += "PK\3\4" + littleEndian(0, 2) + littleEndian(8, 2) + littleEndian(entry.method, 2) +
                std::string(16, '\0') + littleEndian(entry.name.size(), 2) + littleEndian(4 + padding, 2) + entry.name +
                "FB" + littleEndian(padding, 2) + std::string(padding, 'Z') + entry.content;
        directory += "PK\1\2" + littleEndian(0, 4) + littleEndian(8, 2) + littleEndian(entry.method, 2) +
                     std::string(8, '\0') + littleEndian(size, 4) + littleEndian(size, 4) +
                     littleEndian(entry.name.size(), 2) + std::string(12, '\0') + littleEndian(offset, 4) + entry.name;
    }
    return file + directory + std::string("PK\5\6\0\0\0\0", 8) + littleEndian(entries.size(), 2) +
           littleEndian(entries.size(), 2) + littleEndian(directory.size(), 4) + littleEndian(file.size(), 4) +
           littleEndian(0, 2);
}
