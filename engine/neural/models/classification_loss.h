// The losses of the classification heads.
#pragma once

#include <optional>
#include <string>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

class Model;

/// config.json's problem_type; "" where it has none.
std::string problemTypeOf(const Model& model);

/// nn.CrossEntropyLoss over (batch, labels); −100 is ignored. What the wav2vec2-like classes compute, whatever problem_type says.
torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& labels);

/// transformers' ForSequenceClassificationLoss: mean squared error, cross entropy or binary cross entropy by `problemType`, which is
/// chosen by the number of labels and their type where empty. `numItems`: sum over the batch divided by it (cross entropy alone).
torch::Tensor lossByProblemType(const torch::Tensor& logits, const torch::Tensor& labels, const std::string& problemType,
                                std::optional<double> numItems);

} // namespace earmark::neural
