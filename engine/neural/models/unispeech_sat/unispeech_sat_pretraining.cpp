#include "engine/neural/models/unispeech_sat/unispeech_sat_pretraining.h"

namespace earmark::neural
{

UniSpeechSatPretraining::UniSpeechSatPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json)
    : SpeechHead({policy.classStem + "ForPreTraining", policy.modelType, policy.prefix, json, {}})
{
    const auto linear = [&](std::int64_t in, std::int64_t out) {
        return std::make_shared<Linear>(in, out, fill::normal(config.initializer_range), fill::constant(0));
    };
    trunk = register_module(policy.prefix, std::make_shared<SpeechTrunk>(policy, config, json));
    const PretrainingConfig& own = trunk->config().pretraining;
    label_embeddings_concat = declareParameter("label_embeddings_concat", {own.num_clusters, own.codevector_dim}, fill::constant(0));
    quantizer = register_module("quantizer", std::make_shared<VectorQuantizer>(own, config.hidden_size));
    project_q = register_module("project_q", linear(own.codevector_dim, own.proj_codevector_dim));
    project_hid = register_module("project_hid", linear(config.hidden_size, own.proj_codevector_dim));
    speaker_proj = register_module("speaker_proj", linear(config.hidden_size, own.codevector_dim));
    layer_norm_for_extract = register_module("layer_norm_for_extract", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
}

ModelOutputs UniSpeechSatPretraining::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = trunk->forward(inputs);
    outputs.projected_states = outputs.last_hidden_state;
    outputs.logits = at::dropout(*outputs.extract_features, trunk->config().pretraining.feat_quantizer_dropout, is_training());
    return outputs;
}

Result<std::shared_ptr<Model>> buildUniSpeechSatPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string&)
{
    return std::make_shared<UniSpeechSatPretraining>(policy, config, json);
}

} // namespace earmark::neural
