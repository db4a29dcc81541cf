// Any bytes as a sound: decoded whole and in a range, at their own rate and resampled.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/audio/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    const earmark::AudioSource source{.path = "fuzz", .memory = std::make_shared<const std::vector<std::byte>>(bytes, bytes + size)};
    (void)earmark::probeAudio(source);
    (void)earmark::decodeAudio({.source = source, .start = 0, .end = 20}, {.sampleRate = 16000});
    (void)earmark::decodeAudio({.source = source, .start = 11, .end = 12}, {.channel = {0}});
    return 0;
}
