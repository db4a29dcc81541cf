#include "engine/neural/models/ast/ast.h"

#include "engine/neural/models/attention.h"
#include "engine/neural/models/classification_loss.h"
#include "engine/neural/models/layer_run.h"

namespace earmark::neural
{

namespace
{

constexpr const char* modelTypeName = "audio-spectrogram-transformer";
constexpr const char* prefixName = "audio_spectrogram_transformer";
constexpr std::int64_t pooledTokens = 2; ///< those of class and distillation, which come first

std::shared_ptr<Linear> linear(const AstConfig& config, std::int64_t in, std::int64_t out, bool bias = true)
{
    return std::make_shared<Linear>(in, out, fill::truncatedNormal(config.initializer_range), fill::constant(0), bias);
}

std::shared_ptr<LayerNorm> norm(const AstConfig& config) { return std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps); }

/// patch_embeddings.projection
class PatchProjection : public Layer
{
public:
    explicit PatchProjection(const AstConfig& config) : strides_{config.frequency_stride, config.time_stride}
    {
        weight = declareParameter("weight", {config.hidden_size, 1, config.patch_size, config.patch_size},
                                  fill::truncatedNormal(config.initializer_range));
        bias = declareParameter("bias", {config.hidden_size}, fill::constant(0));
    }

    /// (batch, frames, bins) -> (batch, patches, hidden), all times of the lowest bins first.
    torch::Tensor forward(const torch::Tensor& x) const
    {
        if (weight.size(2) == x.size(2))
            return oneBand(x);
        return at::conv2d(x.unsqueeze(1).transpose(2, 3), weight, bias, strides_).flatten(2).transpose(1, 2);
    }

private:
    /// A patch that spans all bins is a run of whole frames: one matrix product.
    torch::Tensor oneBand(const torch::Tensor& x) const
    {
        const torch::Tensor windows = x.unfold(1, weight.size(3), strides_[1]); // (batch, patches, bins, frames)
        return linear(windows.flatten(2), weight.flatten(1), bias);
    }

    std::vector<std::int64_t> strides_;

public:
    torch::Tensor weight, bias;
};

} // namespace

class AstEmbeddings : public Layer
{
public:
    explicit AstEmbeddings(const AstConfig& config) : dropout_(config.hidden_dropout_prob)
    {
        // Upstream makes these of zeros, which nobody trains from: a token of zeros has no direction for layer norm to keep, so that
        // an untrained model would not learn. The Vision Transformer's own rule does.
        const auto small = fill::truncatedNormal(config.initializer_range);
        cls_token = declareParameter("cls_token", {1, 1, config.hidden_size}, small);
        distillation_token = declareParameter("distillation_token", {1, 1, config.hidden_size}, small);
        position_embeddings = declareParameter("position_embeddings", {1, config.patches() + 2, config.hidden_size}, small);
        auto holder = register_module("patch_embeddings", std::make_shared<torch::nn::Module>());
        projection = holder->register_module("projection", std::make_shared<PatchProjection>(config));
    }

    torch::Tensor forward(const torch::Tensor& x) const
    {
        const torch::Tensor patches = projection->forward(x);
        const torch::Tensor tokens = at::cat({cls_token.expand({x.size(0), -1, -1}), distillation_token.expand({x.size(0), -1, -1}), patches}, 1);
        return at::dropout(tokens + position_embeddings, dropout_, is_training());
    }

private:
    double dropout_;
    torch::Tensor cls_token, distillation_token, position_embeddings;
    std::shared_ptr<PatchProjection> projection;
};

namespace
{

/// attention.attention
class AstSelfAttention : public torch::nn::Module
{
public:
    explicit AstSelfAttention(const AstConfig& config) : config_(config)
    {
        query = register_module("query", linear(config, config.hidden_size, config.hidden_size, config.qkv_bias));
        key = register_module("key", linear(config, config.hidden_size, config.hidden_size, config.qkv_bias));
        value = register_module("value", linear(config, config.hidden_size, config.hidden_size, config.qkv_bias));
    }

    /// Of the first `tokens`, which hear all the others.
    Attended forward(const torch::Tensor& hidden, std::int64_t tokens, bool eager) const
    {
        const auto split = [&](const torch::Tensor& projected) {
            return projected.view({projected.size(0), projected.size(1), config_.num_attention_heads, -1}).transpose(1, 2);
        };
        const double dropout = is_training() ? config_.attention_probs_dropout_prob : 0;
        return attend(split(query->forward(hidden.narrow(1, 0, tokens))), split(key->forward(hidden)), split(value->forward(hidden)), {},
                      {.eager = eager, .dropout = dropout, .floatSoftmax = true});
    }

private:
    const AstConfig& config_;
    std::shared_ptr<Linear> query, key, value;
};

/// A module with one linear layer in it, named dense: attention.output, intermediate, output.
class Dense : public torch::nn::Module
{
public:
    Dense(const AstConfig& config, std::int64_t in, std::int64_t out) { dense = register_module("dense", linear(config, in, out)); }
    std::shared_ptr<Linear> dense;
};

/// attention
class AstAttention : public torch::nn::Module
{
public:
    explicit AstAttention(const AstConfig& config)
    {
        attention = register_module("attention", std::make_shared<AstSelfAttention>(config));
        output = register_module("output", std::make_shared<Dense>(config, config.hidden_size, config.hidden_size));
    }
    std::shared_ptr<AstSelfAttention> attention;
    std::shared_ptr<Dense> output;
};

/// encoder.layer.N
class AstLayer : public torch::nn::Module
{
public:
    explicit AstLayer(const AstConfig& config) : config_(config)
    {
        attention = register_module("attention", std::make_shared<AstAttention>(config));
        intermediate = register_module("intermediate", std::make_shared<Dense>(config, config.hidden_size, config.intermediate_size));
        output = register_module("output", std::make_shared<Dense>(config, config.intermediate_size, config.hidden_size));
        layernorm_before = register_module("layernorm_before", norm(config));
        layernorm_after = register_module("layernorm_after", norm(config));
    }

    /// The first `tokens` of what the layer makes of all of them.
    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, std::int64_t tokens, bool eager) const
    {
        const auto drop = [&](const torch::Tensor& x) { return at::dropout(x, config_.hidden_dropout_prob, is_training()); };
        const Attended attended = attention->attention->forward(layernorm_before->forward(hidden), tokens, eager);
        const torch::Tensor x = drop(attention->output->dense->forward(attended.context)) + hidden.narrow(1, 0, tokens);
        const torch::Tensor inner = config_.hidden_act(intermediate->dense->forward(layernorm_after->forward(x)));
        return {drop(output->dense->forward(inner)) + x, attended.weights};
    }

private:
    const AstConfig& config_;
    std::shared_ptr<AstAttention> attention;
    std::shared_ptr<Dense> intermediate, output;
    std::shared_ptr<LayerNorm> layernorm_before, layernorm_after;
};

} // namespace

class AstEncoder : public torch::nn::Module
{
public:
    explicit AstEncoder(const AstConfig& config)
    {
        layer = register_module("layer", std::make_shared<LayerList<AstLayer>>());
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
            layer->append(std::make_shared<AstLayer>(config));
    }
    std::shared_ptr<LayerList<AstLayer>> layer;
    bool gradientCheckpointing = false;
};

class AstHead : public torch::nn::Module
{
public:
    AstHead(const AstConfig& config, std::int64_t labels)
    {
        layernorm = register_module("layernorm", norm(config));
        dense = register_module("dense", linear(config, config.hidden_size, labels));
    }
    torch::Tensor forward(const torch::Tensor& pooled) const { return dense->forward(layernorm->forward(pooled)); }

private:
    std::shared_ptr<LayerNorm> layernorm;
    std::shared_ptr<Linear> dense;
};

// ---- base model -----------------------------------------------------------------------------------------------------

AstTrunk::AstTrunk(const AstConfig& config, const Json& json)
    : ConfiguredModel({"ASTModel", modelTypeName, prefixName, json, {}}), config_(config)
{
    embeddings = register_module("embeddings", std::make_shared<AstEmbeddings>(config_));
    encoder = register_module("encoder", std::make_shared<AstEncoder>(config_));
    layernorm = register_module("layernorm", norm(config_));
}

ModelOutputs AstTrunk::forward(const ModelInputs& inputs)
{
    if (inputs.input.size(1) != config_.max_length || inputs.input.size(2) != config_.num_mel_bins)
        throw Failure("model.bad_config", "The features have " + std::to_string(inputs.input.size(1)) + " frames of " +
                                              std::to_string(inputs.input.size(2)) + " bins, and the model takes " +
                                              std::to_string(config_.max_length) + " of " + std::to_string(config_.num_mel_bins) +
                                              ": preprocessor_config.json and config.json do not belong together.");
    const bool eager = attention_ == "eager" || inputs.output_attentions;
    ModelOutputs outputs;
    const LayerRun run{.hiddenStates = inputs.output_hidden_states ? &outputs.hidden_states : nullptr,
                       .attentions = inputs.output_attentions ? &outputs.attentions : nullptr,
                       .recompute = encoder->gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !inputs.output_attentions};
    const bool pooledOnly = leavesOutTheRest(inputs);
    const AstLayer* last = encoder->layer->size() > 0 ? &(*encoder->layer)[encoder->layer->size() - 1] : nullptr;
    const torch::Tensor hidden = runLayers(*encoder->layer, embeddings->forward(inputs.input), run, [=](const AstLayer& layer, const Tensors& in) {
        return layer.forward(in[0], pooledOnly && &layer == last ? pooledTokens : in[0].size(1), eager);
    });
    const torch::Tensor states = layernorm->forward(hidden);
    outputs.pooler_output = (states.select(1, 0) + states.select(1, 1)) / 2;
    if (!pooledOnly)
        outputs.last_hidden_state = states;
    if (inputs.output_hidden_states)
        outputs.hidden_states.push_back(states);
    return outputs;
}

bool AstTrunk::leavesOutTheRest(const ModelInputs& inputs) const
{
    const bool draws = is_training() && (config_.hidden_dropout_prob > 0 || config_.attention_probs_dropout_prob > 0);
    return inputs.pooled_only && !inputs.output_hidden_states && !inputs.output_attentions && !draws;
}

std::map<std::string, std::string> AstTrunk::facts() const
{
    return {{"hidden_size", std::to_string(config_.hidden_size)},
            {"num_hidden_layers", std::to_string(config_.num_hidden_layers)},
            {"num_attention_heads", std::to_string(config_.num_attention_heads)},
            {"patch_size", std::to_string(config_.patch_size)},
            {"num_mel_bins", std::to_string(config_.num_mel_bins)},
            {"max_length", std::to_string(config_.max_length)}};
}

torch::Tensor AstTrunk::pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs&)
{
    if (!layer)
        return *outputs.pooler_output;
    const torch::Tensor& states = hiddenState(outputs, *layer);
    return (states.select(1, 0) + states.select(1, 1)) / 2;
}

void AstTrunk::freezeBaseModel() { freezeParameters(*this); }

void AstTrunk::freezeLowestLayers(int count)
{
    if (count <= 0)
        return;
    freezeParameters(*embeddings);
    for (int i = 0; i < count && static_cast<std::size_t>(i) < encoder->layer->size(); ++i)
        freezeParameters((*encoder->layer)[static_cast<std::size_t>(i)]);
}

void AstTrunk::setGradientCheckpointing(bool on) { encoder->gradientCheckpointing = on; }

// ---- classification -------------------------------------------------------------------------------------------------

AstClassifier::AstClassifier(const AstConfig& config, const Json& json, std::vector<std::string> labels)
    : ConfiguredModel({"ASTForAudioClassification", modelTypeName, prefixName, json, std::move(labels)})
{
    trunk = register_module(prefixName, std::make_shared<AstTrunk>(config, json));
    classifier = register_module("classifier", std::make_shared<AstHead>(config, static_cast<std::int64_t>(this->labels().size())));
}

ModelOutputs AstClassifier::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = trunk->forward(inputs);
    outputs.logits = classifier->forward(*outputs.pooler_output);
    if (inputs.labels)
        outputs.loss = lossByProblemType(*outputs.logits, *inputs.labels, trunk->config().problem_type, inputs.num_items_in_batch);
    return outputs;
}

// ---- family ---------------------------------------------------------------------------------------------------------

namespace
{

Result<std::shared_ptr<Model>> build(const Json& json, const std::string& path, Head head)
{
    EARMARK_TRY(const AstConfig config, readAstConfig(json, path));
    if (head != Head::classification)
        return std::make_shared<AstTrunk>(config, json);
    EARMARK_TRY(auto labels, labelsOf(json, path));
    return std::make_shared<AstClassifier>(config, json, std::move(labels));
}

/// One patch spans all mel bins, so that a token is a stretch of 0.64 s: with the usual 16×16 patches nothing is learnt in minutes on a CPU.
std::vector<Preset> presets()
{
    return {{.description = {.name = "ast-tiny",
                             .family = modelTypeName,
                             .explanation = "Log-mel spectrogram in, 5 seconds at a time; learns languages, music and sounds on a CPU in minutes",
                             .settings = {{"num_train_epochs", "15"},
                                          {"per_device_train_batch_size", "16"},
                                          {"per_device_eval_batch_size", "32"},
                                          {"learning_rate", "0.001"},
                                          {"weight_decay", "0.05"},
                                          {"lr_scheduler_type", "cosine"},
                                          {"warmup_ratio", "0.1"},
                                          {"max_length_seconds", "5"},
                                          {"train_length", "random_crop"},
                                          {"eval_length", "windows"},
                                          {"spec_time_masks", "2"},
                                          {"spec_time_mask_length", "50"},
                                          {"spec_frequency_masks", "2"},
                                          {"spec_frequency_mask_length", "8"}}},
             .config = R"({"model_type": "audio-spectrogram-transformer", "hidden_size": 192, "num_hidden_layers": 3, "num_attention_heads": 3,
                           "intermediate_size": 768, "patch_size": 64, "num_mel_bins": 64, "frequency_stride": 64, "time_stride": 16,
                           "max_length": 496, "hidden_act": "gelu", "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0,
                           "initializer_range": 0.02, "layer_norm_eps": 1e-05, "qkv_bias": true})",
             .preprocessor = R"({"feature_extractor_type": "ASTFeatureExtractor", "feature_size": 1, "sampling_rate": 16000, "num_mel_bins": 64,
                                 "max_length": 496, "padding_value": 0.0, "padding_side": "right", "do_normalize": true,
                                 "mean": -4.2677393, "std": 4.5689974, "return_attention_mask": false})"}};
}

} // namespace

const Family& astFamily()
{
    static const Family family{.modelType = modelTypeName,
                               .baseModelPrefix = prefixName,
                               .baseClass = "ASTModel",
                               .classificationClass = "ASTForAudioClassification",
                               .build = build,
                               .presets = presets};
    return family;
}

} // namespace earmark::neural
