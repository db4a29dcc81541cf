// How a micro-batch's loss is made and scaled within its accumulation group: each class's own rule in transformers 4.57.6, label smoothing, and
// class weights. Several labels and numbers have the loss of their problem type whatever the class (most compute cross entropy alone): the mean over
// the batch, as ForSequenceClassificationLoss, which looks at no count of items for them. Thread: the executor's.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/compute/problem_type.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

class LossRule
{
public:
    /// `weights` by label id, empty where labels are not weighted.
    LossRule(bool countsItems, ProblemType problem, double labelSmoothing, std::vector<float> weights, torch::Device device);

    ProblemType problem() const { return problem_; }

    /// What a group's losses are divided by inside the loss: clips (or their weights), for classes whose forward takes **kwargs; else nothing.
    std::optional<double> items(const std::vector<std::int64_t>& labels) const;

    struct Outcome {
        torch::Tensor loss;   ///< undivided by the number of batches
        torch::Tensor logits; ///< float32
    };
    /// Runs the model on one batch in the autocast type given. `inputs` come without labels.
    Outcome compute(Model& model, ModelInputs inputs, const torch::Tensor& labels, std::optional<double> items, torch::ScalarType autocast) const;

    /// The batches of a group by which Trainer divides each loss: 1 for classes whose forward takes **kwargs.
    double divisor(std::size_t batchesInGroup) const { return countsItems_ ? 1.0 : static_cast<double>(batchesInGroup); }

private:
    bool countsItems_;
    ProblemType problem_;
    double labelSmoothing_;
    std::vector<float> hostWeights_;
    torch::Tensor weights_;
    torch::Device device_;
};

} // namespace earmark::neural
