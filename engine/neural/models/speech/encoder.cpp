#include "engine/neural/models/speech/encoder.h"

#include "engine/neural/models/gradient_checkpoint.h"

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

SpeechEncoderLayer::SpeechEncoderLayer(const SpeechConfig& config, std::shared_ptr<SpeechAttention> attention_) : config_(config)
{
    attention = register_module("attention", std::move(attention_));
    layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    feed_forward = register_module("feed_forward", std::make_shared<SpeechFeedForward>(config));
    final_layer_norm = register_module("final_layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    if (config.do_stable_layer_norm && config.adapter_attn_dim)
        adapter_layer = register_module("adapter_layer", std::make_shared<AttentionAdapter>(config));
}

std::pair<torch::Tensor, torch::Tensor> SpeechEncoderLayer::forward(const torch::Tensor& hidden, const LayerCall& call) const
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

Upsampling::Upsampling(const SpeechConfig& config) : config_(config)
{
    projection = register_module("projection", linearLayer(config, config.hidden_size, config.hidden_size * *config.squeeze_factor));
}

torch::Tensor Upsampling::forward(const torch::Tensor& hidden, std::int64_t frames) const
{
    const torch::Tensor wide = config_.feat_extract_activation(projection->forward(hidden));
    const torch::Tensor x = wide.reshape({hidden.size(0), -1, config_.hidden_size});
    return x.size(1) < frames ? at::constant_pad_nd(x, {0, 0, 0, frames - x.size(1)}) : x;
}

torch::Tensor squeezedMask(const torch::Tensor& valid, std::int64_t factor)
{
    const torch::Tensor lengths = valid.sum(1).floor_divide(factor);
    return torch::arange(valid.size(1) / factor, lengths.options()).unsqueeze(0) < lengths.unsqueeze(1);
}

namespace
{

/// The layer's hidden states, computed again in the backward pass.
torch::Tensor recomputed(const SpeechEncoderLayer& layer, const torch::Tensor& hidden, const LayerCall& call)
{
    Tensors inputs{hidden};
    if (call.positions.defined())
        inputs.push_back(call.positions);
    const auto run = [&layer, mask = call.mask, eager = call.eager](const Tensors& in) {
        return layer.forward(in[0], {.mask = mask, .positions = in.size() > 1 ? in[1] : torch::Tensor(), .eager = eager}).first;
    };
    return checkpointed(run, inputs, layer.parameters());
}

} // namespace

SpeechEncoder::SpeechEncoder(const SpeechConfig& config, std::shared_ptr<PositionalEmbedding> positional,
                             const std::function<std::shared_ptr<SpeechAttention>(std::int64_t)>& makeAttention)
    : config_(config)
{
    pos_conv_embed = register_module("pos_conv_embed", std::move(positional));
    layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    layers = register_module("layers", std::make_shared<LayerList<SpeechEncoderLayer>>());
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
        layers->append(std::make_shared<SpeechEncoderLayer>(config, makeAttention(i)));
    if (config.squeeze_factor)
        upsample = register_module("upsample", std::make_shared<Upsampling>(config));
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
    const torch::Tensor position = pos_conv_embed->forward(silenced);
    torch::Tensor x;
    if (config_.squeeze_factor) { // the mean of so many frames; those left over at the end are lost
        const std::int64_t factor = *config_.squeeze_factor, frames = silenced.size(1) / factor;
        x = silenced.slice(1, 0, frames * factor).unflatten(1, {frames, factor}).mean(2) + position.slice(1, 0, frames);
    } else {
        x = silenced + position;
    }
    if (!config_.do_stable_layer_norm)
        x = layer_norm->forward(x);
    return at::dropout(x, config_.hidden_dropout, is_training());
}

EncoderResult SpeechEncoder::forward(torch::Tensor hidden, const EncoderCall& call)
{
    EncoderResult result;
    const bool recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !call.attentions;
    const std::int64_t frames = hidden.size(1);
    hidden = embed(hidden, call.valid);
    LayerCall shared{.eager = call.eager};
    if (call.valid.defined())
        shared.mask = additiveMask(upsample ? squeezedMask(call.valid, *config_.squeeze_factor) : call.valid, hidden.scalar_type());
    if (layers->size() > 0)
        shared.positions = (*layers)[0].positions(hidden.size(1));
    for (const auto& layer : *layers) {
        if (call.hiddenStates)
            result.hiddenStates.push_back(hidden);
        const float draw = call.drawsLayerDrop ? torch::rand({}).item<float>() : 1;
        torch::Tensor weights;
        const bool spared = config_.layerdrop_spares_first && layer == *layers->begin();
        if (is_training() && !spared && draw < static_cast<float>(config_.layerdrop))
            ; // this layer is left out of this step
        else if (recompute)
            hidden = recomputed(*layer, hidden, shared);
        else
            std::tie(hidden, weights) = layer->forward(hidden, shared);
        if (call.attentions)
            result.attentions.push_back(weights);
    }
    if (config_.do_stable_layer_norm)
        hidden = layer_norm->forward(hidden);
    if (call.hiddenStates)
        result.hiddenStates.push_back(hidden);
    result.hidden = upsample ? upsample->forward(hidden, frames) : hidden;
    return result;
}

} // namespace earmark::neural
