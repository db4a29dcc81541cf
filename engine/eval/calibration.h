// Can a model's confidence be believed? Reliability bins, the expected calibration error, and temperature scaling, all after Guo, Pleiss, Sun and
// Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017). Thread: any. Clips whose label the model does not know, or that have no scores,
// are passed over by the fit; everywhere else they count as wrong, as they do in the report.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/eval/classification.h"

namespace earmark
{

/// How sure the model was of its prediction, and whether that was right.
struct Judgement {
    double confidence = 0; ///< 0 … 1, the highest score
    bool right = false;
};

struct ReliabilityBin {
    double low = 0; ///< confidences in (low, high]; the first bin has 0 too
    double high = 0;
    std::int64_t clips = 0;
    double confidence = 0; ///< mean; 0 without clips
    double accuracy = 0;
};

struct Reliability {
    std::vector<ReliabilityBin> bins; ///< of equal width
    double expectedError = 0;         ///< ECE = Σ (clips of bin / clips) · |accuracy − confidence|, equation 3 of the paper
};

/// By index of the clip.
std::vector<Judgement> judgements(std::span<const ReportedClip> clips);

Reliability reliability(std::span<const Judgement> judgements, int bins = 10);
/// The bin that a confidence falls into.
int reliabilityBin(double confidence, int bins = 10);

/// The scores as they would be at this temperature: softmax(log(score) / temperature). Above 1 they are less sure, and their order stays.
std::vector<float> withTemperature(std::span<const float> scores, double temperature);

/// The temperature with the least mean negative log likelihood of the labels (equation 9 with the logits read back from the scores as their
/// logarithms), looked for over log T between 1/20 and 20; 1 where no clip can say.
double fitTemperature(std::span<const ReportedClip> clips);

struct CalibratedJudgements {
    double temperature = 1;             ///< fitted on all clips: the one to use from now on
    std::vector<Judgement> judgements; ///< each half of the clips at the temperature of the other half, so that no clip judges itself
};
CalibratedJudgements calibrated(std::span<const ReportedClip> clips);

} // namespace earmark
