#include "engine/neural/models/speech/transformer.h"

namespace earmark::neural
{

SpeechFeedForward::SpeechFeedForward(const SpeechConfig& config) : config_(config)
{
    intermediate_dense = register_module("intermediate_dense", linearLayer(config, config.hidden_size, config.intermediate_size));
    output_dense = register_module("output_dense", linearLayer(config, config.intermediate_size, config.hidden_size));
}

torch::Tensor SpeechFeedForward::forward(const torch::Tensor& hidden) const
{
    torch::Tensor x = config_.hidden_act(intermediate_dense->forward(hidden));
    x = at::dropout(x, config_.activation_dropout, is_training());
    return at::dropout(output_dense->forward(x), config_.hidden_dropout, is_training());
}

AttentionAdapter::AttentionAdapter(const SpeechConfig& config)
{
    constexpr double eps = 1e-5; // torch's default, whatever layer_norm_eps says
    norm = register_module("norm", std::make_shared<LayerNorm>(config.hidden_size, eps));
    linear_1 = register_module("linear_1", linearLayer(config, config.hidden_size, *config.adapter_attn_dim));
    linear_2 = register_module("linear_2", linearLayer(config, *config.adapter_attn_dim, config.hidden_size));
}

torch::Tensor AttentionAdapter::forward(const torch::Tensor& hidden) const
{
    return linear_2->forward(at::relu(linear_1->forward(norm->forward(hidden))));
}

TransformerLayer::TransformerLayer(const SpeechConfig& config, std::shared_ptr<SpeechAttention> attention_) : config_(config)
{
    attention = register_module("attention", std::move(attention_));
    layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    feed_forward = register_module("feed_forward", std::make_shared<SpeechFeedForward>(config));
    final_layer_norm = register_module("final_layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    if (config.do_stable_layer_norm && config.adapter_attn_dim)
        adapter_layer = register_module("adapter_layer", std::make_shared<AttentionAdapter>(config));
}

std::pair<torch::Tensor, torch::Tensor> TransformerLayer::forward(const torch::Tensor& hidden, const LayerCall& call) const
{
    const bool stable = config_.do_stable_layer_norm;
    const Attended attended = attention->forward(stable ? layer_norm->forward(hidden) : hidden, call);
    torch::Tensor x = hidden + at::dropout(attended.context, config_.hidden_dropout, is_training());
    if (!stable) {
        x = layer_norm->forward(x);
        return {final_layer_norm->forward(x + feed_forward->forward(x)), attended.weights};
    }
    x = x + feed_forward->forward(final_layer_norm->forward(x));
    if (adapter_layer)
        x = x + adapter_layer->forward(x);
    return {x, attended.weights};
}

std::shared_ptr<SpeechAttention> multiHeadAttention(const SpeechConfig& config, std::int64_t)
{
    return std::make_shared<MultiHeadAttention>(config);
}

TransformerEncoder::TransformerEncoder(const SpeechConfig& config, std::shared_ptr<PositionalEmbedding> positional,
                                       const std::function<std::shared_ptr<SpeechAttention>(std::int64_t)>& makeAttention)
    : SpeechEncoder(config)
{
    pos_conv_embed = register_module("pos_conv_embed", std::move(positional));
    layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    register_module("layers", layers);
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        const auto layer = std::make_shared<TransformerLayer>(config, makeAttention(i));
        layers->append(layer);
        if (!first_)
            first_ = layer;
    }
    if (config.squeeze_factor)
        upsample = register_module("upsample", std::make_shared<Upsampling>(config));
}

void TransformerEncoder::freezeEmbeddings()
{
    SpeechEncoder::freezeEmbeddings();
    if (!config_.do_stable_layer_norm)
        for (torch::Tensor& parameter : layer_norm->parameters())
            parameter.requires_grad_(false);
}

torch::Tensor TransformerEncoder::embed(const torch::Tensor& hidden) const
{
    const torch::Tensor x = withPositions(hidden);
    return at::dropout(config_.do_stable_layer_norm ? x : layer_norm->forward(x), config_.hidden_dropout, is_training());
}

torch::Tensor TransformerEncoder::top(const torch::Tensor& hidden) const
{
    return config_.do_stable_layer_norm ? layer_norm->forward(hidden) : hidden;
}

void TransformerEncoder::describe(LayerCall& call, const torch::Tensor& hidden)
{
    if (first_)
        call.positions = first_->positions(hidden.size(1));
}

} // namespace earmark::neural
