#include "engine/eval/threshold.h"

#include <algorithm>

namespace earmark
{

std::vector<ThresholdPoint> thresholdCurve(std::span<const Judgement> judgements)
{
    std::vector<Judgement> sorted(judgements.begin(), judgements.end());
    std::ranges::sort(sorted, std::greater(), &Judgement::confidence);
    std::vector<ThresholdPoint> curve;
    ThresholdPoint point;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        ++point.kept;
        point.right += sorted[i].right;
        if (i + 1 < sorted.size() && sorted[i + 1].confidence == sorted[i].confidence)
            continue;
        point.threshold = sorted[i].confidence;
        point.coverage = static_cast<double>(point.kept) / static_cast<double>(sorted.size());
        point.accuracy = static_cast<double>(point.right) / static_cast<double>(point.kept);
        curve.push_back(point);
    }
    return curve;
}

ThresholdPoint atThreshold(std::span<const ThresholdPoint> curve, double threshold)
{
    const auto below = std::ranges::partition_point(curve, [&](const ThresholdPoint& point) { return point.threshold >= threshold; });
    ThresholdPoint found{.accuracy = 1};
    if (below != curve.begin())
        found = *(below - 1);
    found.threshold = threshold;
    return found;
}

std::optional<ThresholdPoint> thresholdFor(std::span<const ThresholdPoint> curve, double accuracy)
{
    for (auto point = curve.rbegin(); point != curve.rend(); ++point)
        if (point->accuracy >= accuracy)
            return *point;
    return std::nullopt;
}

} // namespace earmark
