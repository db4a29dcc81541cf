#include "app/cli/npy.h"

#include <bit>

#include "engine/base/file.h"

namespace earmark::cli
{

Result<void> writeNpy(const std::string& path, std::span<const float> values, std::size_t rows, std::size_t columns)
{
    static_assert(std::endian::native == std::endian::little, "'<f4' below");
    std::string description = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " + std::to_string(columns) + "), }";
    constexpr std::size_t fixed = 10; // magic, version, header length
    description.append(63 - (fixed + description.size()) % 64, ' ');
    description += '\n'; // so that the data start at a multiple of 64
    std::string header("\x93NUMPY\x01\x00", 8);
    header += static_cast<char>(description.size() & 0xFF);
    header += static_cast<char>(description.size() >> 8);
    header += description;
    return writeFileAtomically(path, [&](const Appender& append) -> Result<void> {
        EARMARK_TRY_VOID(append(std::as_bytes(std::span(header))));
        return append(std::as_bytes(values));
    });
}

} // namespace earmark::cli
