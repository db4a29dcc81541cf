// Mono sound as a WAV file. Thread: any.
#pragma once

#include <span>
#include <string>

#include "engine/base/error.h"

namespace earmark
{

enum class WavFormat { pcm16, float32 };

/// Samples beyond −1…1 are clipped in pcm16. Errors: io.*.
Result<void> writeWavFile(const std::string& path, std::span<const float> samples, int sampleRate, WavFormat format);

} // namespace earmark
