// "…ForSequenceClassification": layers or their weighted sum, projected, averaged over the valid frames, classified.
#pragma once

#include "engine/neural/models/speech/speech_head.h"

namespace earmark::neural
{

class SpeechClassifier final : public SpeechHead
{
public:
    SpeechClassifier(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, std::vector<std::string> labels);

    ModelOutputs forward(const ModelInputs& inputs) override;
    std::vector<std::string> outputLayer() const override { return {"classifier.weight", "classifier.bias"}; }

private:
    torch::Tensor layer_weights; ///< undefined without use_weighted_layer_sum
    std::shared_ptr<Linear> projector, classifier;
};

} // namespace earmark::neural
