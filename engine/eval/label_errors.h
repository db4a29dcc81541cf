// Which labels are probably wrong, by what a model that was not taught these clips makes of them: confident learning, after Northcutt, Jiang and
// Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels" (JAIR 70, 2021). Thread: any. O(clips · labels).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/eval/classification.h"

namespace earmark
{

/// How labels are ranked; both from 0, certainly wrong, to 1, certainly right.
enum class LabelQuality {
    selfConfidence,  ///< the score of the clip's own label
    normalisedMargin ///< (that score − the highest of the others + 1) / 2: below a half, the model would rather say another
};

struct SuspiciousLabel {
    std::size_t clip = 0;   ///< index into the clips
    int suggested = -1;     ///< label id that the model would rather give
    double quality = 0;
    bool confident = false; ///< off the diagonal of the confident joint: likely a wrong label, not only a wrong prediction
};

/// Per label the mean score that it gets from the clips that have it (equation 2); 2, which nothing reaches, where no clip has it.
std::vector<double> confidentThresholds(std::span<const ReportedClip> clips, std::size_t labels);

/// Clips that the confident joint counts under another label (equation 1), and clips that the model got wrong, worst quality first; equal ones in
/// their order. Clips whose label the model does not know say nothing and are left out.
std::vector<SuspiciousLabel> suspiciousLabels(std::span<const ReportedClip> clips, std::size_t labels,
                                              LabelQuality rankedBy = LabelQuality::normalisedMargin);

} // namespace earmark
