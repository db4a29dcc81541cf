// "…ForPreTraining" of wav2vec 2.0 and its conformer: from masked sound to the code of what was masked. Without `sampled_negative_indices` there is
// no loss, as upstream.
#pragma once

#include "engine/neural/models/speech/pretraining_head.h"

namespace earmark::neural
{

class SpeechPretraining final : public PretrainingHead
{
public:
    SpeechPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json);

    ModelOutputs forward(const ModelInputs& inputs) override;

private:
    std::shared_ptr<Linear> project_hid, project_q;
};

/// SpeechPolicy::pretraining of these families. Error: model.bad_config.
Result<std::shared_ptr<Model>> buildPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path);

} // namespace earmark::neural
