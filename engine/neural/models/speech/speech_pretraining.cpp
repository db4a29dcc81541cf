#include "engine/neural/models/speech/speech_pretraining.h"

namespace earmark::neural
{

namespace
{

/// As torch makes a linear layer; upstream's own rule leaves these two alone.
std::shared_ptr<Linear> plainLinear(std::int64_t in, std::int64_t out)
{
    const double bound = std::sqrt(1.0 / static_cast<double>(in));
    return std::make_shared<Linear>(in, out, fill::uniform(-bound, bound), fill::uniform(-bound, bound));
}

} // namespace

SpeechPretraining::SpeechPretraining(const SpeechPolicy& policy, const SpeechConfig& own, const Json& json) : PretrainingHead(policy, json)
{
    trunk = register_module(policy.prefix, std::make_shared<SpeechTrunk>(policy, own, json));
    quantizer = register_module("quantizer", std::make_shared<VectorQuantizer>(config(), own.features()));
    project_hid = register_module("project_hid", plainLinear(own.hidden_size, config().proj_codevector_dim));
    project_q = register_module("project_q", plainLinear(config().codevector_dim, config().proj_codevector_dim));
}

ModelOutputs SpeechPretraining::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = trunk->forward(inputs);
    outputs.projected_states = project_hid->forward(*outputs.last_hidden_state);
    const torch::Tensor features = at::dropout(*outputs.extract_features, config().feat_quantizer_dropout, is_training());
    const VectorQuantizer::Result quantized = quantizer->forward(features, maskedFrames(inputs));
    outputs.codevector_perplexity = quantized.perplexity;
    outputs.projected_quantized_states = project_q->forward(quantized.codes.to(project_q->weight.scalar_type()));
    if (inputs.sampled_negative_indices)
        addLoss(outputs, *outputs.projected_states, *outputs.projected_quantized_states, inputs);
    return outputs;
}

Result<std::shared_ptr<Model>> buildPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path)
{
    if (config.add_adapter)
        return failure("model.bad_config", quoteName(path) + " sets add_adapter, and pretraining compares every frame before the adapter with one after it; "
                                                             "set add_adapter to false.", path);
    return std::make_shared<SpeechPretraining>(policy, config, json);
}

} // namespace earmark::neural
