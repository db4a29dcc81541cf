// Any bytes as the undo journal of a project, which SQLite would trust: only what the check lets through may reach it.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/dataset/store/changeset_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::array<const char*, 2> tables = {"clips", "labels"};
    (void)earmark::isChangeset({reinterpret_cast<const char*>(data), size}, tables);
    return 0;
}
