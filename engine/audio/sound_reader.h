// Inside the room: what decode.cpp asks of a container, whichever code reads it.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/audio/byte_source.h"
#include "engine/audio/decode.h"

namespace earmark
{

/// Samples of one channel, counted at the source's own rate: [first, last).
struct SampleRange {
    std::int64_t first = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
};

/// An opened source. One thread at a time.
class SoundReader
{
public:
    virtual ~SoundReader() = default;
    const AudioFacts& facts() const { return facts_; }

    /// Hands the range to `sink` block by block, mixed to one channel. What is there of it is given; what was wrong is said in `warnings`.
    virtual Result<void> read(SampleRange range, ChannelChoice channel, const BlockSink& sink, std::vector<Remark>& warnings) = 0;

protected:
    AudioFacts facts_;
};

using OpenedSound = Result<std::unique_ptr<SoundReader>>;

/// WAV with plain samples. Errors: audio.not_audio (no WAV at all), audio.unsupported (one with another codec or an odd header), io.*.
OpenedSound openWav(std::shared_ptr<const ByteSource> bytes);

/// Every other format; in a build without FFmpeg audio.unsupported. Errors: audio.not_audio, io.*.
OpenedSound openContainer(std::shared_ptr<const ByteSource> bytes);

/// `channel` beyond `channels` is audio.unsupported.
Result<void> checkChannel(ChannelChoice channel, int channels, const ByteSource& bytes);

/// The warning for a source that ends before it should; seconds.
Remark endsEarly(const AudioSource& source, double end, double promised);

tl::unexpected<Error> notAudio(const AudioSource& source);

} // namespace earmark
