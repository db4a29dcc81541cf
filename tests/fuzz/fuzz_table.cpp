// Any bytes as a table of clips: CSV with each separator, JSON lines.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/dataset/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const char separator : {'\0', ',', '\t'})
        (void)earmark::parseCsv(text, separator, "fuzz");
    (void)earmark::parseJsonLines(text, "fuzz");
    return 0;
}
