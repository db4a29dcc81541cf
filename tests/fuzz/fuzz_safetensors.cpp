// Any bytes as the beginning of a safetensors file.
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/neural/checkpoint/safetensors_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    (void)earmark::neural::parseSafetensorsHeader(std::span(reinterpret_cast<const std::byte*>(data), size), "fuzz");
    return 0;
}
