#include "engine/neural/models/speech/encoder.h"

#include "engine/neural/models/gradient_checkpoint.h"

namespace earmark::neural
{

namespace
{

std::shared_ptr<Linear> linear(const SpeechConfig& config, std::int64_t in, std::int64_t out)
{
    return std::make_shared<Linear>(in, out, fill::normal(config.initializer_range), fill::constant(0));
}

class MultiHeadAttention final : public SpeechAttention
{
public:
    explicit MultiHeadAttention(const SpeechConfig& config) : heads_(config.num_attention_heads), dropout_(config.attention_dropout)
    {
        const std::int64_t size = config.hidden_size;
        k_proj = register_module("k_proj", linear(config, size, size));
        v_proj = register_module("v_proj", linear(config, size, size));
        q_proj = register_module("q_proj", linear(config, size, size));
        out_proj = register_module("out_proj", linear(config, size, size));
    }

    Attended forward(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager) override
    {
        const auto split = [&](const std::shared_ptr<Linear>& projection) {
            return projection->forward(hidden).view({hidden.size(0), hidden.size(1), heads_, -1}).transpose(1, 2);
        };
        Attended result = attend(split(q_proj), split(k_proj), split(v_proj), mask,
                                 {.eager = eager, .dropout = is_training() ? dropout_ : 0});
        result.context = out_proj->forward(result.context);
        return result;
    }

private:
    std::int64_t heads_;
    double dropout_;
    std::shared_ptr<Linear> k_proj, v_proj, q_proj, out_proj;
};

} // namespace

std::shared_ptr<SpeechAttention> multiHeadAttention(const SpeechConfig& config) { return std::make_shared<MultiHeadAttention>(config); }

SpeechFeedForward::SpeechFeedForward(const SpeechConfig& config) : config_(config)
{
    intermediate_dense = register_module("intermediate_dense", linear(config, config.hidden_size, config.intermediate_size));
    output_dense = register_module("output_dense", linear(config, config.intermediate_size, config.hidden_size));
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
    linear_1 = register_module("linear_1", linear(config, config.hidden_size, *config.adapter_attn_dim));
    linear_2 = register_module("linear_2", linear(config, *config.adapter_attn_dim, config.hidden_size));
}

torch::Tensor AttentionAdapter::forward(const torch::Tensor& hidden) const
{
    return linear_2->forward(at::relu(linear_1->forward(norm->forward(hidden))));
}

SpeechEncoderLayer::SpeechEncoderLayer(const SpeechConfig& config, std::shared_ptr<SpeechAttention> attention_) : config_(config)
{
    attention = register_module("attention", std::move(attention_));
    layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    feed_forward = register_module("feed_forward", std::make_shared<SpeechFeedForward>(config));
    final_layer_norm = register_module("final_layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    if (config.do_stable_layer_norm && config.adapter_attn_dim)
        adapter_layer = register_module("adapter_layer", std::make_shared<AttentionAdapter>(config));
}

std::pair<torch::Tensor, torch::Tensor> SpeechEncoderLayer::forward(const torch::Tensor& hidden, const torch::Tensor& mask,
                                                                    bool eager) const
{
    const bool stable = config_.do_stable_layer_norm;
    const Attended attended = attention->forward(stable ? layer_norm->forward(hidden) : hidden, mask, eager);
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

SpeechEncoder::SpeechEncoder(const SpeechConfig& config, std::shared_ptr<PositionalEmbedding> positional,
                             const std::function<std::shared_ptr<SpeechAttention>(std::int64_t)>& makeAttention)
    : config_(config)
{
    pos_conv_embed = register_module("pos_conv_embed", std::move(positional));
    layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    layers = register_module("layers", std::make_shared<LayerList<SpeechEncoderLayer>>());
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
        layers->append(std::make_shared<SpeechEncoderLayer>(config, makeAttention(i)));
}

void SpeechEncoder::freezeEmbeddingNorm()
{
    if (!config_.do_stable_layer_norm)
        for (torch::Tensor& parameter : layer_norm->parameters())
            parameter.requires_grad_(false);
}

torch::Tensor SpeechEncoder::embed(const torch::Tensor& hidden, const torch::Tensor& valid)
{
    // Padded frames are silenced before the convolution, which would spread them over their neighbours.
    const torch::Tensor silenced = valid.defined() ? hidden.masked_fill(valid.logical_not().unsqueeze(-1), 0) : hidden;
    torch::Tensor x = silenced + pos_conv_embed->forward(silenced);
    if (!config_.do_stable_layer_norm)
        x = layer_norm->forward(x);
    return at::dropout(x, config_.hidden_dropout, is_training());
}

EncoderResult SpeechEncoder::forward(torch::Tensor hidden, const EncoderCall& call)
{
    EncoderResult result;
    const torch::Tensor mask = call.valid.defined() ? additiveMask(call.valid, hidden.scalar_type()) : torch::Tensor();
    const bool recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !call.attentions;
    hidden = embed(hidden, call.valid);
    for (const auto& layer : *layers) {
        if (call.hiddenStates)
            result.hiddenStates.push_back(hidden);
        const float draw = call.drawsLayerDrop ? torch::rand({}).item<float>() : 1;
        torch::Tensor weights;
        if (is_training() && draw < static_cast<float>(config_.layerdrop))
            ; // this layer is left out of this step
        else if (recompute)
            hidden = checkpointed([layer = layer.get(), mask, eager = call.eager](const torch::Tensor& x) { return layer->forward(x, mask, eager).first; },
                                  hidden, layer->parameters());
        else
            std::tie(hidden, weights) = layer->forward(hidden, mask, call.eager);
        if (call.attentions)
            result.attentions.push_back(weights);
    }
    if (config_.do_stable_layer_norm)
        hidden = layer_norm->forward(hidden);
    if (call.hiddenStates)
        result.hiddenStates.push_back(hidden);
    result.hidden = hidden;
    return result;
}

} // namespace earmark::neural
