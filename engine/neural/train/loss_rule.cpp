#include "engine/neural/train/loss_rule.h"

#include "engine/neural/device/guards.h"
#include "engine/neural/models/classification_loss.h"
#include "engine/neural/train/losses.h"

namespace earmark::neural
{

LossRule::LossRule(bool countsItems, ProblemType problem, double labelSmoothing, std::vector<float> weights, torch::Device device)
    : countsItems_(countsItems), problem_(problem), labelSmoothing_(labelSmoothing), hostWeights_(std::move(weights)), device_(device)
{
    if (!hostWeights_.empty())
        weights_ = torch::tensor(hostWeights_).to(device);
}

std::optional<double> LossRule::items(const std::vector<std::int64_t>& labels) const
{
    if (!countsItems_ || problem_ != ProblemType::singleLabel)
        return std::nullopt;
    if (hostWeights_.empty())
        return static_cast<double>(labels.size());
    double sum = 0;
    for (const std::int64_t label : labels)
        sum += static_cast<double>(hostWeights_[static_cast<std::size_t>(label)]);
    return sum;
}

LossRule::Outcome LossRule::compute(Model& model, ModelInputs inputs, const torch::Tensor& labels, std::optional<double> items,
                                    torch::ScalarType autocast) const
{
    const bool ownLoss = problem_ == ProblemType::singleLabel && labelSmoothing_ == 0 && !weights_.defined();
    if (ownLoss) {
        inputs.labels = labels;
        inputs.num_items_in_batch = items;
    }
    inputs.pooled_only = true;
    ModelOutputs outputs;
    {
        const AutocastGuard guard(device_, autocast);
        outputs = model.forward(inputs);
    }
    Outcome outcome;
    outcome.logits = outputs.logits->to(torch::kFloat32);
    if (ownLoss)
        outcome.loss = outputs.loss->to(torch::kFloat32);
    else if (problem_ != ProblemType::singleLabel)
        outcome.loss = lossByProblemType(outcome.logits, labels, problemTypeName(problem_), std::nullopt);
    else if (weights_.defined())
        outcome.loss = weightedLoss(outcome.logits, labels, weights_, labelSmoothing_, items);
    else
        outcome.loss = smoothedLoss(outcome.logits, labels, labelSmoothing_, items);
    return outcome;
}

} // namespace earmark::neural
