// Peaks as bytes for the cache on disk, and back. Thread: any. What is read is checked: bytes of another machine, version or hand give nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/audio/peaks.h"

namespace earmark
{

std::string packPeaks(const Peaks& peaks);

/// Nothing where the bytes are not, to the last one, what packPeaks() makes.
std::optional<Peaks> unpackPeaks(std::string_view bytes);

} // namespace earmark
