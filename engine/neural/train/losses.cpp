#include "engine/neural/train/losses.h"

#include <algorithm>

namespace earmark::neural
{

torch::Tensor smoothedLoss(const torch::Tensor& logits, const torch::Tensor& labels, double epsilon, std::optional<double> items)
{
    const torch::Tensor costs = -torch::log_softmax(logits, -1);
    const double count = items.value_or(static_cast<double>(labels.numel()));
    const torch::Tensor nll = costs.gather(-1, labels.unsqueeze(-1)).sum() / count;
    const torch::Tensor smoothed = costs.sum(-1, true, torch::kFloat32).sum() / (count * static_cast<double>(costs.size(-1)));
    return (1 - epsilon) * nll + epsilon * smoothed;
}

torch::Tensor weightedLoss(const torch::Tensor& logits, const torch::Tensor& labels, const torch::Tensor& weights, double epsilon,
                           std::optional<double> items)
{
    const torch::Tensor costs = -torch::log_softmax(logits.to(torch::kFloat32), -1);
    const torch::Tensor each = (1 - epsilon) * costs.gather(-1, labels.unsqueeze(-1)).squeeze(-1) + epsilon * costs.mean(-1);
    const torch::Tensor weight = weights.index_select(0, labels);
    const torch::Tensor sum = (each * weight).sum();
    return items ? sum / *items : sum / weight.sum();
}

std::vector<float> balancedWeights(const std::vector<std::int64_t>& labels, std::int64_t labelCount)
{
    std::vector<float> weights;
    for (std::int64_t label = 0; label < labelCount; ++label) {
        const auto count = std::ranges::count(labels, label);
        weights.push_back(count ? static_cast<float>(static_cast<double>(labels.size()) / (static_cast<double>(labelCount) * static_cast<double>(count)))
                                : 0.0f);
    }
    return weights;
}

} // namespace earmark::neural
