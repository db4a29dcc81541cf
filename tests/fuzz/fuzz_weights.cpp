// Any bytes as a file of weights: a safetensors header, a zip, a pickle, a configuration. The readers know no torch, so neither does this.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/pickle.h"
#include "engine/neural/checkpoint/safetensors_header.h"
#include "engine/neural/checkpoint/stored_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span file(reinterpret_cast<const std::byte*>(data), size);
    (void)earmark::neural::parseSafetensorsHeader(file, "fuzz");
    (void)earmark::neural::unpickleStateDict(file, "fuzz");
    (void)earmark::neural::unpickleLegacy(file, "fuzz");
    (void)earmark::neural::parseJson({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (const auto zip = earmark::neural::parseStoredZip(file, "fuzz"))
        for (const auto& [name, content] : *zip)
            if (name.ends_with("data.pkl"))
                (void)earmark::neural::unpickleStateDict(content, "fuzz");
    return 0;
}
