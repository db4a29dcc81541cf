#include "engine/neural/models/mctct/mctct.h"

#include <functional>
#include <numeric>

#include "engine/neural/models/ctc.h"

namespace earmark::neural
{

namespace
{
constexpr const char* modelTypeName = "mctct";
constexpr const char* baseName = "MCTCTModel";
constexpr const char* recogniserName = "MCTCTForCTC";
} // namespace

// ---- base model -----------------------------------------------------------------------------------------------------

MctctBase::MctctBase(const MctctConfig& config, const Json& json) : ConfiguredModel({baseName, modelTypeName, modelTypeName, json, {}}), config_(config)
{
    encoder = register_module("encoder", std::make_shared<MctctEncoder>(config_));
}

ModelOutputs MctctBase::forward(const ModelInputs& inputs)
{
    return encoder->forward(inputs.input, inputs.attention_mask.value_or(torch::Tensor()),
                            {.eager = attention_ == "eager" || inputs.output_attentions,
                             .hiddenStates = inputs.output_hidden_states,
                             .attentions = inputs.output_attentions,
                             .drawsLayerDrop = streams_ != nullptr});
}

std::int64_t MctctBase::minimumInput() const
{
    std::int64_t length = 1;
    while (config_.frames(length) < 1)
        ++length;
    return length;
}

std::map<std::string, std::string> MctctBase::facts() const
{
    return {{"hidden_size", std::to_string(config_.hidden_size)},
            {"num_hidden_layers", std::to_string(config_.num_hidden_layers)},
            {"num_attention_heads", std::to_string(config_.num_attention_heads)},
            {"intermediate_size", std::to_string(config_.intermediate_size)},
            {"max_position_embeddings", std::to_string(config_.max_position_embeddings)}};
}

torch::Tensor MctctBase::pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs)
{
    const torch::Tensor& states = layer ? hiddenState(outputs, *layer) : *outputs.last_hidden_state;
    if (!inputs.attention_mask)
        return states.mean(1);
    const torch::Tensor counts = frameCounts(inputs.attention_mask->sum(-1)).unsqueeze(1);
    const torch::Tensor heard = (torch::arange(states.size(1), counts.options()).unsqueeze(0) < counts).unsqueeze(2).to(states.scalar_type());
    return (states * heard).sum(1) / counts.to(states.scalar_type());
}

void MctctBase::freezeLowestLayers(int count)
{
    if (count > 0)
        encoder->freezeLowest(count);
}

// ---- recogniser -----------------------------------------------------------------------------------------------------

MctctRecogniser::MctctRecogniser(const MctctConfig& config, const Json& json)
    : ConfiguredModel({recogniserName, modelTypeName, modelTypeName, json, {}}), config_(config)
{
    trunk = register_module(modelTypeName, std::make_shared<MctctBase>(config, json));
    ctc_head = register_module("ctc_head", std::make_shared<Linear>(config.hidden_size, config.ctc.vocab_size, fill::normal(config.initializer_range), fill::constant(0)));
}

std::int64_t MctctRecogniser::positionsPerFrame() const
{
    return std::accumulate(config_.conv_stride.begin(), config_.conv_stride.end(), std::int64_t(1), std::multiplies<>());
}

std::map<std::string, std::string> MctctRecogniser::facts() const
{
    auto facts = trunk->facts();
    facts["vocab_size"] = std::to_string(config_.ctc.vocab_size);
    return facts;
}

ModelOutputs MctctRecogniser::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = trunk->forward(inputs);
    outputs.logits = ctc_head->forward(*outputs.last_hidden_state);
    if (!inputs.labels)
        return outputs;
    const torch::Tensor lengths = inputs.attention_mask ? inputs.attention_mask->sum(-1, false, torch::kLong)
                                                        : torch::full({inputs.input.size(0)}, inputs.input.size(1), torch::kLong);
    outputs.loss = ctcLoss(*outputs.logits, *inputs.labels, trunk->frameCounts(lengths), config_.ctc);
    return outputs;
}

// ---- family ---------------------------------------------------------------------------------------------------------

namespace
{

Result<std::shared_ptr<Model>> build(const Json& json, const std::string& path, Head head)
{
    EARMARK_TRY(const MctctConfig config, readMctctConfig(json, path));
    if (head != Head::ctc)
        return std::make_shared<MctctBase>(config, json);
    EARMARK_TRY_VOID(checkCtcConfig(config.ctc, path));
    return std::make_shared<MctctRecogniser>(config, json);
}

/// A frame every 30 ms, so that a text of quick speech still fits; dropout little, as there is little to hear.
std::vector<Preset> presets()
{
    return {{.description = {.name = "mctct-tiny",
                             .family = modelTypeName,
                             .explanation = "Log-mel spectrogram in, text out; small enough to train on a CPU",
                             .settings = {{"num_train_epochs", "60"},
                                          {"per_device_train_batch_size", "8"},
                                          {"per_device_eval_batch_size", "8"},
                                          {"learning_rate", "0.001"},
                                          {"weight_decay", "0.01"},
                                          {"lr_scheduler_type", "cosine"},
                                          {"warmup_ratio", "0.1"},
                                          {"group_by_length", "true"},
                                          {"freeze_feature_encoder", "false"}}},
             .config = R"({"model_type": "mctct", "hidden_size": 192, "num_hidden_layers": 4, "num_attention_heads": 4, "attention_head_dim": 48,
                           "intermediate_size": 768, "max_position_embeddings": 400, "layer_norm_eps": 1e-05, "layerdrop": 0.0,
                           "hidden_act": "relu", "initializer_range": 0.05, "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1,
                           "conv_glu_dim": 1, "conv_dropout": 0.1, "num_conv_layers": 1, "conv_kernel": [7], "conv_stride": [3],
                           "input_feat_per_channel": 80, "input_channels": 1, "ctc_loss_reduction": "mean", "ctc_zero_infinity": false,
                           "vocab_size": 32, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2})",
             .preprocessor = R"({"feature_extractor_type": "MCTCTFeatureExtractor", "feature_size": 80, "sampling_rate": 16000,
                                 "padding_value": 0.0, "padding_side": "right", "hop_length": 10, "win_length": 25,
                                 "win_function": "hamming_window", "frame_signal_scale": 32768.0, "preemphasis_coeff": 0.97,
                                 "mel_floor": 1.0, "normalize_means": true, "normalize_vars": true, "return_attention_mask": false})"}};
}

} // namespace

const Family& mctctFamily()
{
    static const Family family{.modelType = modelTypeName,
                               .baseModelPrefix = modelTypeName,
                               .baseClass = baseName,
                               .ctcClass = recogniserName,
                               .build = build,
                               .presets = presets};
    return family;
}

} // namespace earmark::neural
