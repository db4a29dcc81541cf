// Zero mean and unit variance, to NumPy's last bit. Thread: any.
#pragma once

#include <cstddef>
#include <span>

namespace earmark::neural
{

/// Sum in NumPy's order (pairwise, single precision): what `array.sum()` of a contiguous float32 array gives.
float pairwiseSum(std::span<const float> values);

/// `Wav2Vec2FeatureExtractor.zero_mean_unit_var_norm`: (x − mean) / √(variance + 1e-7), in single precision throughout.
/// The statistics are those of the first `counted` values; all are changed.
void normaliseInPlace(std::span<float> values, std::size_t counted);

} // namespace earmark::neural
