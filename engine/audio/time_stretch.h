// Faster or slower with the pitch kept, and from the sound's rate to the device's, in one pass over one channel: for the ear.
// Thread: one at a time on one object.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

class TimeStretch
{
public:
    virtual ~TimeStretch() = default;
    /// Appends to `out` what can be told so far.
    virtual Result<void> push(std::span<const float> in, std::vector<float>& out) = 0;
    /// Appends the rest.
    virtual Result<void> finish(std::vector<float>& out) = 0;
};

/// Whether this build can play at another speed than 1.
bool canStretchTime();

/// From samples at `from` Hz to samples at `to` Hz that last 1/`speed` as long, 0.25 … 4. A build without FFmpeg resamples by straight lines.
/// Errors: audio.unsupported (another speed than 1 in a build without FFmpeg; rates that are none).
Result<std::unique_ptr<TimeStretch>> makeTimeStretch(int from, int to, double speed);

} // namespace earmark
