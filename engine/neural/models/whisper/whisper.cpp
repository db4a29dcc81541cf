#include "engine/neural/models/whisper/whisper.h"

#include "engine/neural/models/classification_loss.h"
#include "engine/neural/models/layer_sum.h"

namespace earmark::neural
{

namespace
{
constexpr const char* modelTypeName = "whisper";
constexpr const char* prefixName = "model"; // of checkpoints with a decoder; the classification class has its encoder without one
constexpr const char* baseName = "WhisperModel";
constexpr const char* classifierName = "WhisperForAudioClassification";
} // namespace

// ---- what both share ------------------------------------------------------------------------------------------------

WhisperModel::WhisperModel(Identity identity, const WhisperConfig& config) : ConfiguredModel(std::move(identity)), config_(config)
{
    encoder = register_module("encoder", std::make_shared<WhisperEncoder>(config_));
}

ModelOutputs WhisperModel::encode(const ModelInputs& inputs, bool hiddenStates) const
{
    return encoder->forward(inputs.input, {.eager = attention_ == "eager" || inputs.output_attentions,
                                           .hiddenStates = hiddenStates,
                                           .attentions = inputs.output_attentions,
                                           .drawsLayerDrop = streams_ != nullptr});
}

std::map<std::string, std::string> WhisperModel::facts() const
{
    return {{"d_model", std::to_string(config_.d_model)},
            {"encoder_layers", std::to_string(config_.encoder_layers)},
            {"encoder_attention_heads", std::to_string(config_.encoder_attention_heads)},
            {"encoder_ffn_dim", std::to_string(config_.encoder_ffn_dim)},
            {"num_mel_bins", std::to_string(config_.num_mel_bins)},
            {"max_source_positions", std::to_string(config_.max_source_positions)}};
}

torch::Tensor WhisperModel::pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs&)
{
    return (layer ? hiddenState(outputs, *layer) : *outputs.last_hidden_state).mean(1);
}

void WhisperModel::freezeLowestLayers(int count)
{
    if (count > 0)
        encoder->freezeLowest(count);
}

// ---- base model and classifier --------------------------------------------------------------------------------------

WhisperBase::WhisperBase(const WhisperConfig& config, const Json& json) : WhisperModel({baseName, modelTypeName, prefixName, json, {}}, config) {}

WhisperClassifier::WhisperClassifier(const WhisperConfig& config, const Json& json, std::vector<std::string> labels)
    : WhisperModel({classifierName, modelTypeName, prefixName, json, std::move(labels)}, config)
{
    if (config.use_weighted_layer_sum)
        layer_weights = declareParameter("layer_weights", {config.encoder_layers + 1},
                                         fill::constant(1.0 / static_cast<double>(config.encoder_layers + 1)));
    const auto linear = [&](std::int64_t in, std::int64_t out) {
        return std::make_shared<Linear>(in, out, fill::normal(config.init_std), fill::constant(0));
    };
    projector = register_module("projector", linear(config.d_model, config.classifier_proj_size));
    classifier = register_module("classifier", linear(config.classifier_proj_size, static_cast<std::int64_t>(this->labels().size())));
}

ModelOutputs WhisperClassifier::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = encode(inputs, inputs.output_hidden_states || layer_weights.defined());
    const torch::Tensor states = layer_weights.defined() ? layerSum(outputs.hidden_states, layer_weights) : *outputs.last_hidden_state;
    if (!inputs.output_hidden_states)
        outputs.hidden_states.clear();
    outputs.logits = classifier->forward(projector->forward(states).mean(1));
    if (inputs.labels)
        outputs.loss = crossEntropy(*outputs.logits, *inputs.labels);
    return outputs;
}

// ---- family ---------------------------------------------------------------------------------------------------------

namespace
{

Result<std::shared_ptr<Model>> build(const Json& json, const std::string& path, Head head)
{
    EARMARK_TRY(const WhisperConfig config, readWhisperConfig(json, path));
    if (head != Head::classification)
        return std::make_shared<WhisperBase>(config, json);
    EARMARK_TRY(auto labels, labelsOf(json, path));
    return std::make_shared<WhisperClassifier>(config, json, std::move(labels));
}

} // namespace

const Family& whisperFamily()
{
    static const Family family{.modelType = modelTypeName,
                               .baseModelPrefix = prefixName,
                               .baseClass = baseName,
                               .classificationClass = classifierName,
                               .build = build,
                               .presets = [] { return std::vector<Preset>(); }};
    return family;
}

} // namespace earmark::neural
