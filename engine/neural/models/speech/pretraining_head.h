// What "…ForPreTraining" of wav2vec 2.0 and of UniSpeech have in common: the drawing of a batch's masked frames and negatives, and the code book.
#pragma once

#include "engine/neural/models/pretraining.h"
#include "engine/neural/models/speech/speech_head.h"
#include "engine/neural/models/speech/vector_quantizer.h"

namespace earmark::neural
{

class PretrainingHead : public SpeechHead, public Pretraining
{
public:
    std::string task() const override { return "pretraining"; }
    std::vector<std::string> outputLayer() const override { return {}; }
    std::map<std::string, std::string> facts() const override;
    std::int64_t framesOf(std::int64_t samples) const override;

    SpanMaskOptions spans() const override;
    bool canMask(std::int64_t samples, const SpanMaskOptions& spans) const override;
    double draw(ModelInputs& inputs, const SpanMaskOptions& spans, RandomStreams& streams) const override;
    void setGumbelTemperature(double temperature) override { quantizer->temperature = temperature; }

protected:
    PretrainingHead(const SpeechPolicy& policy, const Json& json);

    /// Fills contrastive_loss, diversity_loss and correct_choices, and loss as their weighted sum. Throws Failure (usage) where no frames are masked.
    void addLoss(ModelOutputs& outputs, const torch::Tensor& states, const torch::Tensor& codes, const ModelInputs& inputs) const;
    const PretrainingConfig& config() const { return trunk->config().pretraining; }

    std::shared_ptr<VectorQuantizer> quantizer; ///< registered by the class, as `trunk`
};

/// Boolean, on the input's device; undefined where none were given.
torch::Tensor maskedFrames(const ModelInputs& inputs);

} // namespace earmark::neural
