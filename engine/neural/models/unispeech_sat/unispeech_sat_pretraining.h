// UniSpeechSatForPreTraining, as far as transformers computes it: the features of the front end as `logits` and the encoder's states as
// `projected_states`. Its quantizer, projections, speaker projection and label embeddings are loaded and saved, and nothing reads them: upstream left the
// losses out (utterance-wise contrast over quantized states and prediction of clusters, Chen, Wu, Wang et al. 2022, UniSpeech-SAT), so it is not trained here.
#pragma once

#include "engine/neural/models/speech/speech_head.h"
#include "engine/neural/models/speech/vector_quantizer.h"

namespace earmark::neural
{

class UniSpeechSatPretraining final : public SpeechHead
{
public:
    UniSpeechSatPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json);

    ModelOutputs forward(const ModelInputs& inputs) override;
    std::string task() const override { return "pretraining"; }
    std::vector<std::string> outputLayer() const override { return {}; }

private:
    torch::Tensor label_embeddings_concat;
    std::shared_ptr<VectorQuantizer> quantizer;
    std::shared_ptr<Linear> project_q, project_hid, speaker_proj;
    std::shared_ptr<LayerNorm> layer_norm_for_extract;
};

/// SpeechPolicy::pretraining.
Result<std::shared_ptr<Model>> buildUniSpeechSatPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path);

} // namespace earmark::neural
