// "None of these": what remains, and how right it is, when predictions below a confidence are not believed. The risk–coverage curve of selective
// classification (El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", JMLR 2010), with accuracy for risk. Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/eval/calibration.h"

namespace earmark
{

struct ThresholdPoint {
    double threshold = 0; ///< predictions at least this sure are kept
    std::int64_t kept = 0;
    std::int64_t right = 0; ///< of those kept
    double coverage = 0;    ///< kept / all; 0 without clips
    double accuracy = 0;    ///< right / kept; 1 where nothing is kept: nothing is wrong then
};

/// One point a confidence that occurs, highest first: coverage rises.
std::vector<ThresholdPoint> thresholdCurve(std::span<const Judgement> judgements);

/// What happens at this threshold. O(log n).
ThresholdPoint atThreshold(std::span<const ThresholdPoint> curve, double threshold);

/// The lowest threshold, so the most clips, at which those kept are at least this accurate; nothing where no threshold is.
std::optional<ThresholdPoint> thresholdFor(std::span<const ThresholdPoint> curve, double accuracy);

} // namespace earmark
