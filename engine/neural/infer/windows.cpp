#include "engine/neural/infer/windows.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <span>
#include <string>

namespace earmark::neural
{

namespace
{

/// A block is long enough that its seams (a resampler's edges) are rare, and short enough that memory stays small.
constexpr double blockSeconds = 300;

std::int64_t toSamples(double seconds, int rate) { return std::max<std::int64_t>(1, std::llround(seconds * rate)); }

double endOf(const AudioClip& clip)
{
    if (clip.end)
        return *clip.end;
    const auto facts = probeAudio(clip.source);
    return facts && facts->duration > 0 ? facts->duration : std::numeric_limits<double>::infinity();
}

} // namespace

WindowReader::WindowReader(const Sample& sample, const FeatureExtractor& extractor, const Options& options)
    : sample_(sample), extractor_(extractor), window_(toSamples(options.window, extractor.samplingRate())),
      hop_(toSamples(options.hop, extractor.samplingRate())),
      perBlock_(std::max<std::int64_t>(1, toSamples(blockSeconds, extractor.samplingRate()) / hop_)), padsLast_(options.padsLast), channel_(options.channel),
      end_(endOf(sample.clip)), blocks_(std::numeric_limits<std::size_t>::max() / 2, 1, 1, [this](std::size_t index) { return read(index); })
{
    const std::int64_t fixed = extractor.fixedSamples();
    if (fixed > 0 && window_ - fixed > extractor.samplingRate() / 10) { // less than that is lost in its last frame
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%.4g", static_cast<double>(fixed) / extractor.samplingRate());
        warnings_.push_back({.code = "model.window_too_long",
                             .message = std::string("The window is longer than the model's input: it hears the first ") + seconds + " s of each window.",
                             .parameters = {{"seconds", seconds}},
                             .causes = {}});
    }
}

/// Beyond the last block nothing is looked for, though it is asked for before anybody knows which one was the last.
WindowReader::Block WindowReader::read(std::size_t index)
{
    Block block;
    block.last = true;
    if (!isRead_)
        block = readBlock(index);
    isRead_ = block.last || block.error;
    return block;
}

WindowReader::Block WindowReader::readBlock(std::size_t index) const
{
    Block block;
    const double rate = extractor_.samplingRate();
    const std::int64_t first = static_cast<std::int64_t>(index) * perBlock_ * hop_;
    const std::int64_t wanted = (perBlock_ - 1) * hop_ + window_;
    AudioClip part = sample_.clip;
    part.start = sample_.clip.start + static_cast<double>(first) / rate;
    part.end = part.start + static_cast<double>(wanted) / rate;
    if (*part.end >= end_) // the clip's own end, so that a file that has less than it says is told from a block that wants too much
        part.end = sample_.clip.end;
    block.last = sample_.clip.end && part.start >= *sample_.clip.end;
    if (block.last)
        return block;
    auto decoded = decodeAudio(part, {.sampleRate = extractor_.samplingRate(), .channel = channel_});
    if (!decoded) {
        block.last = true;
        if (index == 0 || decoded.error().code != "audio.empty") // the clip may end where a block does
            block.error = std::move(decoded.error());
        return block;
    }
    // A few samples may be missing where a block ends in the middle of a resampler's step.
    block.last = static_cast<std::int64_t>(decoded->samples.size()) + 8 < wanted;
    if (block.last)
        block.warnings = std::move(decoded->warnings);
    block.error = cut(decoded->samples, first, block);
    return block;
}

std::optional<Error> WindowReader::cut(const std::vector<float>& samples, std::int64_t first, Block& block) const
{
    const double rate = extractor_.samplingRate();
    const auto length = static_cast<std::int64_t>(samples.size());
    std::vector<float> heard;
    for (std::int64_t i = 0; i < perBlock_; ++i) {
        const std::int64_t start = i * hop_;
        if (start >= length)
            break;
        const std::int64_t end = std::min(start + window_, length);
        const bool isRest = block.last && end == length;
        if (isRest && !padsLast_ && first + start > 0 && end - start < window_ / 2)
            break; // as ClipStore: a shorter rest is not a window of its own
        heard.assign(samples.begin() + start, samples.begin() + end);
        if (padsLast_ || !isRest)
            heard.resize(static_cast<std::size_t>(window_), 0.0f);
        auto features = extractor_.extract(heard);
        if (!features)
            return std::move(features.error());
        block.windows.push_back({.start = static_cast<double>(first + start) / rate,
                                 .end = static_cast<double>(first + end) / rate,
                                 .features = std::move(*features)});
        if (isRest)
            break; // the clip's end was heard
    }
    return std::nullopt;
}

std::optional<std::vector<ReadWindow>> WindowReader::next()
{
    if (ended_)
        return std::nullopt;
    Block block = blocks_.next();
    ended_ = block.last || block.error;
    for (Remark& warning : block.warnings)
        warnings_.push_back(std::move(warning));
    error_ = std::move(block.error);
    if (error_ || block.windows.empty())
        return std::nullopt;
    return std::move(block.windows);
}

} // namespace earmark::neural
