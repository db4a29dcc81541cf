// UniSpeechForPreTraining: as wav2vec 2.0's, but that codes are compared with states in the encoder's width, and that all frames count for the
// perplexity. transformers computes no loss there; the one here is that of the paper (Wang, Wu, Qian et al. 2021, UniSpeech) and of its UnispeechCriterion:
// wav2vec 2.0's for masked frames and, with `labels`, half of it and half the CTC loss of what was said, to be read from states a part of which codes have
// taken the place of. Without `sampled_negative_indices` there is none.
#pragma once

#include "engine/neural/models/speech/pretraining_head.h"

namespace earmark::neural
{

class UniSpeechPretraining final : public PretrainingHead
{
public:
    UniSpeechPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json);

    /// `labels`: (batch, characters) int64, filled up with −100; a row without any is sound alone.
    ModelOutputs forward(const ModelInputs& inputs) override;
    std::vector<std::string> outputLayer() const override { return {"ctc_proj.weight", "ctc_proj.bias"}; }

private:
    torch::Tensor spell(const torch::Tensor& states, const torch::Tensor& codes) const;

    void addSpelling(ModelOutputs& outputs, const torch::Tensor& scores, const ModelInputs& inputs) const;

    std::shared_ptr<Linear> project_q, project_hid, ctc_proj;
};

/// SpeechPolicy::pretraining.
Result<std::shared_ptr<Model>> buildUniSpeechPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path);

} // namespace earmark::neural
