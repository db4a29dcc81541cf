// One channel from one rate to another, as the `ffmpeg` program does it: libswresample with its default filter. Inside the room.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

class Resampler
{
public:
    virtual ~Resampler() = default;
    /// Appends to `out` what can be told so far.
    virtual Result<void> push(std::span<const float> in, std::vector<float>& out) = 0;
    /// Appends the rest: what the filter held back.
    virtual Result<void> finish(std::vector<float>& out) = 0;
};

/// Rates in Hz. Errors: audio.unsupported (a build without FFmpeg, or rates too far apart).
Result<std::unique_ptr<Resampler>> makeResampler(int from, int to, const std::string& path);

} // namespace earmark
