// An evaluation within training: batches padded as in training, loss and figures over the validation set. Thread: the executor's.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "engine/neural/infer/batch_loader.h"
#include "engine/neural/train/epoch_plan.h"
#include "engine/neural/train/loss_rule.h"
#include "engine/neural/train/targets.h"
#include "engine/neural/train/trainer_state.h"

namespace earmark::neural
{

struct EvaluationRequest {
    Model* model = nullptr;
    const FeatureExtractor* extractor = nullptr;
    const CtcTokenizer* tokenizer = nullptr; ///< of a recogniser
    const ClipStore* clips = nullptr;
    const Targets* targets = nullptr;
    const LossRule* lossRule = nullptr;
    torch::Device device = torch::kCPU;
    torch::ScalarType autocast = torch::kFloat32;
    int loaderThreads = 1;
    std::function<void()> betweenBatches;
};

/// eval_loss (a batch's loss counts once a clip, as in Trainer), then the task's figures (figures.h). Nothing where stopped. Leaves the model in
/// evaluation mode.
std::optional<Metrics> evaluateModel(const EvaluationRequest& request, const Batches& batches, std::stop_token stop);

} // namespace earmark::neural
