// Mean and deviation of each mel bin over the frames of many clips, one clip at a time. Thread: one at a time.
//
// Input normalised per bin is worth much to a small model, but upstream's extractor has one mean and one deviation for
// all bins. Where a linear projection reads the frames, the rest can live in its weights: w·(x − mean_b)/std_b + c =
// (w/std_b)·x + (c − Σ w·mean_b/std_b).
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/neural/features/feature_extractor.h"

namespace earmark::neural
{

class BinStatistics
{
public:
    /// (frames, bins); the first `frames` rows count, all where there are fewer. Every clip must have the same number
    /// of bins.
    void add(const Features& features, std::int64_t frames = std::numeric_limits<std::int64_t>::max());

    std::int64_t frames() const { return frames_; }
    std::vector<double> mean() const;
    std::vector<double> std() const; ///< population deviation, at least 1e-5
    double overallMean() const;      ///< over all bins: the extractor's `mean`
    double overallStd() const;       ///< likewise its `std`

private:
    std::int64_t frames_ = 0;
    std::vector<double> mean_, squares_; ///< running mean and sum of squared deviations (Welford)
};

} // namespace earmark::neural
