// Any bytes as a `pytorch_model.bin`: a zip with a pickle in it, a pickle, or the old form of several. The readers know no torch, so neither does this.
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/neural/checkpoint/pickle.h"
#include "engine/neural/checkpoint/stored_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span file(reinterpret_cast<const std::byte*>(data), size);
    (void)earmark::neural::unpickleStateDict(file, "fuzz");
    (void)earmark::neural::unpickleLegacy(file, "fuzz");
    if (const auto zip = earmark::neural::parseStoredZip(file, "fuzz"))
        for (const auto& [name, content] : *zip)
            if (name.ends_with("data.pkl"))
                (void)earmark::neural::unpickleStateDict(content, "fuzz");
    return 0;
}
