#include "engine/neural/features/bin_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earmark::neural
{

namespace
{

constexpr double smallest = 1e-5;

} // namespace

void BinStatistics::add(const Features& features, std::int64_t frames)
{
    const auto bins = static_cast<std::size_t>(features.shape.at(1));
    mean_.resize(bins);
    squares_.resize(bins);
    const std::int64_t count = std::min(frames, features.shape[0]);
    const float* row = features.values.data();
    for (std::int64_t frame = 0; frame < count; ++frame, row += bins) {
        ++frames_;
        for (std::size_t bin = 0; bin < bins; ++bin) {
            const double distance = row[bin] - mean_[bin];
            mean_[bin] += distance / static_cast<double>(frames_);
            squares_[bin] += distance * (row[bin] - mean_[bin]);
        }
    }
}

std::vector<double> BinStatistics::mean() const
{
    return mean_;
}

std::vector<double> BinStatistics::std() const
{
    std::vector<double> deviations;
    for (const double squares : squares_)
        deviations.push_back(
            std::max(smallest, std::sqrt(squares / static_cast<double>(std::max<std::int64_t>(frames_, 1)))));
    return deviations;
}

double BinStatistics::overallMean() const
{
    return mean_.empty() ? 0 : std::reduce(mean_.begin(), mean_.end()) / static_cast<double>(mean_.size());
}

double BinStatistics::overallStd() const
{
    if (frames_ == 0)
        return 1;
    const double centre = overallMean();
    double sum = 0; // within the bins and between them
    for (std::size_t bin = 0; bin < mean_.size(); ++bin)
        sum += squares_[bin] / static_cast<double>(frames_) + (mean_[bin] - centre) * (mean_[bin] - centre);
    return std::max(smallest, std::sqrt(sum / static_cast<double>(mean_.size())));
}

} // namespace earmark::neural
