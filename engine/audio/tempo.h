// What FFmpeg does of a time stretch: libavfilter's atempo. Inside the room.
#pragma once

#include "engine/audio/time_stretch.h"

namespace earmark
{

constexpr double slowestSpeed = 0.25;
constexpr double fastestSpeed = 4;

/// Errors: audio.unsupported (a build without FFmpeg, or rates that libavfilter refuses).
Result<std::unique_ptr<TimeStretch>> makeTempo(int from, int to, double speed);

} // namespace earmark
