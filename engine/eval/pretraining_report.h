// Figures for a network that learns from sound alone: how well it tells the code of a masked frame from those of others. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earmark
{

struct PretrainingReport {
    std::int64_t clips = 0; ///< heard
    double loss = 0;        ///< of a masked frame, as the next two
    double contrastiveLoss = 0;
    double diversityLoss = 0;
    double accuracy = 0;   ///< share of the masked frames that are nearest to their own code
    double perplexity = 0; ///< of the code book, summed over its groups
};

/// report.json: split, clips (their number), loss, contrastive_loss, diversity_loss, accuracy, perplexity.
std::string toJson(const PretrainingReport& report, const std::string& split);
/// The same on one line.
std::string summaryJson(const PretrainingReport& report, const std::string& split);

} // namespace earmark
