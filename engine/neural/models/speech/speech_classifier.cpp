#include "engine/neural/models/speech/speech_classifier.h"

#include "engine/neural/models/classification_loss.h"
#include "engine/neural/models/layer_sum.h"

namespace earmark::neural
{

SpeechClassifier::SpeechClassifier(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, std::vector<std::string> labels)
    : SpeechHead({policy.classStem + "ForSequenceClassification", policy.modelType, policy.prefix, json, std::move(labels)})
{
    if (config.use_weighted_layer_sum)
        layer_weights = declareParameter("layer_weights", {config.num_hidden_layers + 1},
                                         fill::constant(1.0 / static_cast<double>(config.num_hidden_layers + 1)));
    trunk = register_module(policy.prefix, std::make_shared<SpeechTrunk>(policy, config, json));
    const auto linear = [&](std::int64_t in, std::int64_t out) {
        return std::make_shared<Linear>(in, out, fill::normal(config.initializer_range), fill::constant(0));
    };
    projector = register_module("projector", linear(config.hidden_size, config.classifier_proj_size));
    classifier = register_module("classifier", linear(config.classifier_proj_size, static_cast<std::int64_t>(this->labels().size())));
}

ModelOutputs SpeechClassifier::forward(const ModelInputs& inputs)
{
    if (layer_weights.defined() && inputs.attention_mask && trunk->config().squeeze_factor.value_or(1) > 1)
        throw Failure("model.bad_config", "The model sums its layers (use_weighted_layer_sum), which have fewer frames than an attention mask tells of; "
                                          "upstream fails here too. Set return_attention_mask to false in preprocessor_config.json, or "
                                          "use_weighted_layer_sum to false in config.json.");
    ModelInputs asked = inputs;
    asked.output_hidden_states |= layer_weights.defined();
    ModelOutputs outputs = trunk->forward(asked);
    torch::Tensor states = *outputs.last_hidden_state;
    if (layer_weights.defined()) {
        states = layerSum(outputs.hidden_states, layer_weights);
        if (!inputs.output_hidden_states)
            outputs.hidden_states.clear();
    }
    const torch::Tensor projected = projector->forward(states);
    const torch::Tensor valid =
        inputs.attention_mask ? trunk->validFrames(*inputs.attention_mask, projected.size(1)) : torch::Tensor();
    const torch::Tensor pooled = !valid.defined() ? projected.mean(1)
                                                  : projected.masked_fill(valid.logical_not().unsqueeze(-1), 0).sum(1) /
                                                        valid.sum(1).unsqueeze(-1);
    outputs.logits = classifier->forward(pooled);
    if (inputs.labels)
        outputs.loss = crossEntropy(*outputs.logits, *inputs.labels);
    return outputs;
}

} // namespace earmark::neural
