#include "engine/neural/train/augmentation.h"

#include <algorithm>

#include "engine/neural/models/random_streams.h"

namespace earmark::neural
{

void maskSpectrogram(Features& features, const SpectrogramMasks& masks, std::uint64_t seed)
{
    if (features.shape.size() != 2)
        return;
    const std::int64_t frames = features.shape[masks.binsFirst ? 1 : 0];
    const std::int64_t bins = features.shape[masks.binsFirst ? 0 : 1];
    RandomStreams streams(seed);
    const auto span = [&](std::int64_t longest, std::int64_t extent) {
        const std::int64_t length = streams.pythonRandint(0, std::min(longest, extent));
        return std::pair(streams.pythonRandint(0, extent - length), length);
    };
    const bool filled = static_cast<std::int64_t>(masks.fill.size()) == bins;
    const auto cover = [&](std::int64_t firstFrame, std::int64_t frameCount, std::int64_t firstBin, std::int64_t binCount) {
        for (std::int64_t frame = firstFrame; frame < firstFrame + frameCount; ++frame)
            for (std::int64_t bin = firstBin; bin < firstBin + binCount; ++bin)
                features.values[static_cast<std::size_t>(masks.binsFirst ? bin * frames + frame : frame * bins + bin)] =
                    filled ? masks.fill[static_cast<std::size_t>(bin)] : 0.0f;
    };
    for (std::int64_t i = 0; i < masks.timeMasks; ++i) {
        const auto [start, length] = span(masks.timeLength, frames);
        cover(start, length, 0, bins);
    }
    for (std::int64_t i = 0; i < masks.frequencyMasks; ++i) {
        const auto [start, length] = span(masks.frequencyLength, bins);
        cover(0, frames, start, length);
    }
}

} // namespace earmark::neural
