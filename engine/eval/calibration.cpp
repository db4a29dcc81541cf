#include "engine/eval/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace earmark
{

namespace
{

/// A score of nothing at all is a logit of −∞; the smallest float stands for it.
double logit(float score) { return std::log(static_cast<double>(std::max(score, std::numeric_limits<float>::min()))); }

bool canTell(const ReportedClip& clip) { return clip.label >= 0 && static_cast<std::size_t>(clip.label) < clip.scores.size(); }

/// d/dβ of one clip's −log softmax(β · logits)[label]: the expected logit less the label's own. It rises with β, because the likelihood is
/// log-concave in β = 1 / T.
double slope(const ReportedClip& clip, double beta)
{
    const double highest = logit(*std::ranges::max_element(clip.scores));
    double sum = 0, expected = 0;
    for (const float score : clip.scores) {
        const double z = logit(score);
        const double weight = std::exp(beta * (z - highest));
        sum += weight;
        expected += weight * z;
    }
    return expected / sum - logit(clip.scores[static_cast<std::size_t>(clip.label)]);
}

double fit(std::span<const ReportedClip> clips, std::size_t first, std::size_t step)
{
    bool any = false;
    const auto rises = [&](double logTemperature) {
        double total = 0;
        for (std::size_t i = first; i < clips.size(); i += step)
            if (canTell(clips[i])) {
                any = true;
                total += slope(clips[i], std::exp(-logTemperature));
            }
        return total > 0; // in β: a smaller β, a higher temperature, is better
    };
    double low = -std::log(20.0), high = std::log(20.0);
    for (int i = 0; i < 40; ++i) {
        const double middle = (low + high) / 2;
        (rises(middle) ? low : high) = middle;
        if (!any)
            return 1;
    }
    return std::exp((low + high) / 2);
}

Judgement judge(const ReportedClip& clip, double temperature)
{
    if (clip.scores.empty() || clip.prediction < 0 || static_cast<std::size_t>(clip.prediction) >= clip.scores.size())
        return {};
    const auto at = static_cast<std::size_t>(clip.prediction);
    const double score = temperature == 1 ? clip.scores[at] : withTemperature(clip.scores, temperature)[at];
    return {.confidence = std::isfinite(score) ? std::clamp(score, 0.0, 1.0) : 0.0, .right = clip.label == clip.prediction};
}

} // namespace

std::vector<Judgement> judgements(std::span<const ReportedClip> clips)
{
    std::vector<Judgement> all;
    all.reserve(clips.size());
    for (const ReportedClip& clip : clips)
        all.push_back(judge(clip, 1));
    return all;
}

int reliabilityBin(double confidence, int bins) { return std::clamp(static_cast<int>(std::ceil(confidence * bins)) - 1, 0, bins - 1); }

Reliability reliability(std::span<const Judgement> judgements, int bins)
{
    Reliability result;
    result.bins.resize(static_cast<std::size_t>(bins));
    for (int i = 0; i < bins; ++i) {
        result.bins[static_cast<std::size_t>(i)].low = static_cast<double>(i) / bins;
        result.bins[static_cast<std::size_t>(i)].high = static_cast<double>(i + 1) / bins;
    }
    for (const Judgement& judgement : judgements) {
        ReliabilityBin& bin = result.bins[static_cast<std::size_t>(reliabilityBin(judgement.confidence, bins))];
        ++bin.clips;
        bin.confidence += judgement.confidence;
        bin.accuracy += judgement.right;
    }
    for (ReliabilityBin& bin : result.bins) {
        if (bin.clips == 0)
            continue;
        const auto clips = static_cast<double>(bin.clips);
        bin.confidence /= clips;
        bin.accuracy /= clips;
        result.expectedError += clips / static_cast<double>(judgements.size()) * std::abs(bin.accuracy - bin.confidence);
    }
    return result;
}

std::vector<float> withTemperature(std::span<const float> scores, double temperature)
{
    std::vector<float> result(scores.size());
    if (scores.empty())
        return result;
    const double highest = logit(*std::ranges::max_element(scores));
    double sum = 0;
    for (const float score : scores)
        sum += std::exp((logit(score) - highest) / temperature);
    for (std::size_t i = 0; i < scores.size(); ++i)
        result[i] = static_cast<float>(std::exp((logit(scores[i]) - highest) / temperature) / sum);
    return result;
}

double fitTemperature(std::span<const ReportedClip> clips) { return fit(clips, 0, 1); }

CalibratedJudgements calibrated(std::span<const ReportedClip> clips)
{
    CalibratedJudgements result{.temperature = fitTemperature(clips)};
    const double ofOther[] = {fit(clips, 1, 2), fit(clips, 0, 2)};
    result.judgements.reserve(clips.size());
    for (std::size_t i = 0; i < clips.size(); ++i)
        result.judgements.push_back(judge(clips[i], ofOther[i % 2]));
    return result;
}

} // namespace earmark
