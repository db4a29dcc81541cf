// "…ForCTC": the trunk's states, each turned into scores of characters (see ctc.h).
#pragma once

#include "engine/neural/models/speech/speech_head.h"

namespace earmark::neural
{

class SpeechRecogniser final : public SpeechHead
{
public:
    SpeechRecogniser(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json);

    /// `labels`: (batch, characters) int64, filled up with −100. Logits: (batch, frames, vocab_size).
    ModelOutputs forward(const ModelInputs& inputs) override;
    std::string task() const override { return "ctc"; }
    std::vector<std::string> outputLayer() const override { return {"lm_head.weight", "lm_head.bias"}; }
    std::map<std::string, std::string> facts() const override;
    std::int64_t framesOf(std::int64_t samples) const override;
    std::int64_t positionsPerFrame() const override;

private:
    torch::Tensor loss(const torch::Tensor& logits, const ModelInputs& inputs) const;

    std::shared_ptr<Linear> lm_head;
};

} // namespace earmark::neural
