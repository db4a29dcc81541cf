// From a source to samples. Thread: any, several at once; each call opens its own decoder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/audio/clip.h"
#include "engine/base/error.h"
#include "engine/base/remark.h"

namespace earmark
{

/// What can be said of a source without decoding it.
struct AudioFacts {
    int sampleRate = 0; ///< Hz
    int channels = 0;
    double duration = 0; ///< seconds, as the container states it (an estimate for some formats)
    std::string container;
    std::string codec;
    std::string sampleFormat; ///< as stored, FFmpeg's name: "s16", "flt", …
    std::int64_t bitRate = 0; ///< bits a second, 0 where unknown
};

/// Reads headers only. Errors: io.*, audio.not_audio.
Result<AudioFacts> probeAudio(const AudioSource& source);

struct DecodeOptions {
    int sampleRate = 0; ///< Hz of the result; the source's own where 0
    ChannelChoice channel;
};

/// Mono, nominally −1…1, not clipped.
struct Waveform {
    std::vector<float> samples;
    int sampleRate = 0;                ///< Hz
    std::vector<Remark> warnings;      ///< cut short, damaged frames, …
};

/// The clip's samples: [round(start·rate), round(end·rate)) of the source, counted at the source's own rate, then mixed, then resampled
/// (libswresample's default filter, as the `ffmpeg` program does). Sample-accurate for every format. A source that ends early gives what
/// it has, with a warning. Errors: io.*, audio.not_audio, audio.empty, audio.not_finite, audio.unsupported.
Result<Waveform> decodeAudio(const AudioClip& clip, const DecodeOptions& options = {});

/// Takes the next samples; an error stops the reading and is handed on.
using BlockSink = std::function<Result<void>(std::span<const float>)>;

/// As decodeAudio at the source's own rate, block by block: for long files that need not lie in memory whole. Returns the warnings.
/// NaN and infinity are passed on as they are.
Result<std::vector<Remark>> streamAudio(const AudioClip& clip, ChannelChoice channel, const BlockSink& sink);

} // namespace earmark
