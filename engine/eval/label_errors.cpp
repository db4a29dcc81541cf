#include "engine/eval/label_errors.h"

#include <algorithm>
#include <optional>

namespace earmark
{

namespace
{

bool canTell(const ReportedClip& clip, std::size_t labels)
{
    return clip.label >= 0 && static_cast<std::size_t>(clip.label) < labels && clip.scores.size() == labels && labels > 1;
}

/// The label with the highest score among those that `counts` admits.
template <class Admit> std::optional<std::size_t> best(const ReportedClip& clip, Admit admit)
{
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < clip.scores.size(); ++i)
        if (admit(i) && (!found || clip.scores[i] > clip.scores[*found]))
            found = i;
    return found;
}

} // namespace

std::vector<double> confidentThresholds(std::span<const ReportedClip> clips, std::size_t labels)
{
    std::vector<double> sums(labels), counts(labels);
    for (const ReportedClip& clip : clips)
        if (canTell(clip, labels)) {
            const auto label = static_cast<std::size_t>(clip.label);
            sums[label] += clip.scores[label];
            ++counts[label];
        }
    for (std::size_t i = 0; i < labels; ++i)
        sums[i] = counts[i] == 0 ? 2 : sums[i] / counts[i];
    return sums;
}

std::vector<SuspiciousLabel> suspiciousLabels(std::span<const ReportedClip> clips, std::size_t labels, LabelQuality rankedBy)
{
    const std::vector<double> thresholds = confidentThresholds(clips, labels);
    std::vector<SuspiciousLabel> suspects;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        const ReportedClip& clip = clips[i];
        if (!canTell(clip, labels))
            continue;
        const auto own = static_cast<std::size_t>(clip.label);
        const auto confident = best(clip, [&](std::size_t label) { return clip.scores[label] >= thresholds[label]; });
        const bool offDiagonal = confident && *confident != own;
        if (!offDiagonal && clip.prediction == clip.label)
            continue;
        const std::size_t other = *best(clip, [&](std::size_t label) { return label != own; });
        const double self = clip.scores[own];
        suspects.push_back({.clip = i,
                            .suggested = static_cast<int>(offDiagonal ? *confident : other),
                            .quality = rankedBy == LabelQuality::selfConfidence ? self : (self - clip.scores[other] + 1) / 2,
                            .confident = offDiagonal});
    }
    std::ranges::stable_sort(suspects, {}, &SuspiciousLabel::quality);
    return suspects;
}

} // namespace earmark
