// Masks on a log-mel spectrogram (after Park et al. 2019, SpecAugment, without its time warp), for models that read one. Thread: any.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/neural/features/feature_extractor.h"

namespace earmark::neural
{

struct SpectrogramMasks {
    std::int64_t timeMasks = 0;
    std::int64_t timeLength = 0; ///< frames, the longest
    std::int64_t frequencyMasks = 0;
    std::int64_t frequencyLength = 0; ///< bins, the widest
    std::vector<float> fill;          ///< what a mask holds, by bin: the mean of what the network reads; 0 where empty
    bool binsFirst = false;           ///< the spectrogram is (bins, frames)

    bool any() const { return (timeMasks > 0 && timeLength > 0) || (frequencyMasks > 0 && frequencyLength > 0); }
};

/// Covers spans of a spectrogram; does nothing to features of another shape. Lengths are drawn from 0 to the longest, places from where they fit.
void maskSpectrogram(Features& features, const SpectrogramMasks& masks, std::uint64_t seed);

} // namespace earmark::neural
