// A decoded frame of any sample type to mono floats. Inside the room.
#pragma once

#include <vector>

#include "engine/audio/ffmpeg_input.h"

namespace earmark
{

/// Replaces `mono`; false if the frame's sample type is not known. `index` must be below the frame's channel count or absent.
bool mixFrame(const AVFrame& frame, std::optional<int> index, std::vector<float>& mono);

} // namespace earmark
