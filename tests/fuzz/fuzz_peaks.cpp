// Any bytes as peaks out of the cache: refused, or peaks that can be drawn and written down again as they are.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/audio/peaks_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto peaks = earmark::unpackPeaks(bytes)) {
        (void)earmark::peaksBetween(*peaks, peaks->start, peaks->start + 1, 100);
        if (earmark::packPeaks(*peaks) != bytes)
            std::abort();
    }
    return 0;
}
