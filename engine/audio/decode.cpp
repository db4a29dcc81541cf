#include "engine/audio/decode.h"

#include <cmath>

#include "engine/audio/resampler.h"
#include "engine/audio/sound_reader.h"

namespace earmark
{

namespace
{

OpenedSound openSound(const AudioSource& source)
{
    EARMARK_TRY(ByteSource opened, ByteSource::open(source));
    auto bytes = std::make_shared<const ByteSource>(std::move(opened));
    if (OpenedSound wav = openWav(bytes))
        return wav;
    return openContainer(std::move(bytes));
}

tl::unexpected<Error> nothingThere(const AudioSource& source, const char* what)
{
    return failure("audio.empty", sourceName(source) + " holds no samples" + what, source.path);
}

/// Seconds to a number of samples, far beyond any file at most.
std::int64_t toSample(double seconds, int rate)
{
    constexpr double most = 0x1p62;
    const double sample = std::round(seconds * rate);
    return sample < most ? static_cast<std::int64_t>(sample) : std::int64_t{1} << 62;
}

Result<SampleRange> rangeOf(const AudioClip& clip, int rate)
{
    const bool valid = clip.start >= 0 && std::isfinite(clip.start) && (!clip.end || *clip.end >= clip.start);
    SampleRange range;
    if (valid) {
        range.first = toSample(clip.start, rate);
        if (clip.end)
            range.last = toSample(*clip.end, rate);
    }
    if (!valid || range.first >= range.last)
        return nothingThere(clip.source, " in the range asked for. Check its start and end.");
    return range;
}

/// The warning where a clip reaches beyond its source by more than rounding explains.
std::optional<Remark> missingEnd(const AudioClip& clip, SampleRange range, int rate, std::size_t taken)
{
    constexpr double slack = 0.1; // seconds: durations are often rounded or estimated
    const double end = static_cast<double>(range.first + static_cast<std::int64_t>(taken)) / rate;
    if (!clip.end || end + slack >= *clip.end)
        return std::nullopt;
    return endsEarly(clip.source, end, *clip.end);
}

/// True if one of them is NaN or infinite: only then is 0·x not 0.
bool anyNotFinite(std::span<const float> samples)
{
    float sum = 0;
    for (const float sample : samples)
        sum += sample * 0.0f;
    return sum != 0;
}

/// Gathers what the reader gives, resampled where asked, and refuses what no model can use.
class Collector
{
public:
    Collector(const AudioSource& source, std::unique_ptr<Resampler> resampler) : source_(source), resampler_(std::move(resampler)) {}

    Result<void> push(std::span<const float> block)
    {
        taken_ += block.size();
        if (anyNotFinite(block))
            return notFinite();
        if (resampler_) {
            EARMARK_TRY_VOID(resampler_->push(block, samples_));
        } else {
            samples_.insert(samples_.end(), block.begin(), block.end());
        }
        return checkLength();
    }

    std::size_t taken() const { return taken_; } ///< before resampling

    Result<std::vector<float>> finish()
    {
        if (taken_ == 0)
            return nothingThere(source_, ". Choose another file or range.");
        if (resampler_) {
            EARMARK_TRY_VOID(resampler_->finish(samples_));
        }
        EARMARK_TRY_VOID(checkLength());
        if (resampler_ && anyNotFinite(samples_))
            return notFinite();
        if (samples_.empty())
            return nothingThere(source_, " at the rate asked for: it is too short. Choose another file or range.");
        return std::move(samples_);
    }

private:
    Result<void> checkLength() const
    {
        constexpr std::size_t most = std::size_t{1} << 31;
        if (samples_.size() <= most)
            return {};
        return failure("audio.unsupported", sourceName(source_) + " gives more than 2^31 samples, which do not fit into one piece. Choose a shorter range.",
                       source_.path);
    }

    tl::unexpected<Error> notFinite() const
    {
        return failure("audio.not_finite", sourceName(source_) + " contains samples that are not numbers (NaN) or infinite. Export it again from the program that made it.",
                       source_.path);
    }

    const AudioSource& source_;
    std::unique_ptr<Resampler> resampler_;
    std::vector<float> samples_;
    std::size_t taken_ = 0;
};

} // namespace

Result<AudioFacts> probeAudio(const AudioSource& source)
{
    EARMARK_TRY(const auto sound, openSound(source));
    return sound->facts();
}

Result<Waveform> decodeAudio(const AudioClip& clip, const DecodeOptions& options)
{
    EARMARK_TRY(const auto sound, openSound(clip.source));
    const int from = sound->facts().sampleRate;
    const int to = options.sampleRate > 0 ? options.sampleRate : from;
    EARMARK_TRY(const SampleRange range, rangeOf(clip, from));
    std::unique_ptr<Resampler> resampler;
    if (from != to) {
        EARMARK_TRY(resampler, makeResampler(from, to, clip.source.path));
    }
    Collector collector(clip.source, std::move(resampler));
    Waveform waveform;
    waveform.sampleRate = to;
    EARMARK_TRY_VOID(sound->read(range, options.channel, [&](std::span<const float> block) { return collector.push(block); }, waveform.warnings));
    if (const auto warning = missingEnd(clip, range, from, collector.taken()); warning && waveform.warnings.empty())
        waveform.warnings.push_back(*warning);
    EARMARK_TRY(waveform.samples, collector.finish());
    return waveform;
}

Result<std::vector<Remark>> streamAudio(const AudioClip& clip, ChannelChoice channel, const BlockSink& sink)
{
    EARMARK_TRY(const auto sound, openSound(clip.source));
    EARMARK_TRY(const SampleRange range, rangeOf(clip, sound->facts().sampleRate));
    std::vector<Remark> warnings;
    EARMARK_TRY_VOID(sound->read(range, channel, sink, warnings));
    return warnings;
}

} // namespace earmark
