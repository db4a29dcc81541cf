// Losses that stand beside the model's own: label smoothing as transformers' LabelSmoother, and weights for rare labels (Earmark's own).
// Thread: the executor's.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

/// logits (batch, labels), labels (batch) int64. The mean over clips of (1−ε)·nll + ε·mean(−log p); with `items` the sum over clips by `items`.
torch::Tensor smoothedLoss(const torch::Tensor& logits, const torch::Tensor& labels, double epsilon, std::optional<double> items = {});

/// Cross entropy, each clip weighted by its label's weight: the weighted mean; with `items` the weighted sum by `items` (the weights of a whole
/// accumulation group), so that the group's loss is its weighted mean.
torch::Tensor weightedLoss(const torch::Tensor& logits, const torch::Tensor& labels, const torch::Tensor& weights, double epsilon,
                           std::optional<double> items = {});

/// scikit-learn's "balanced": clips / (labels · clips of the label), by label id; 0 for labels that have no clip.
std::vector<float> balancedWeights(const std::vector<std::int64_t>& labels, std::int64_t labelCount);

} // namespace earmark::neural
