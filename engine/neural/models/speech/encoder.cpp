#include "engine/neural/models/speech/encoder.h"

#include "engine/neural/models/gradient_checkpoint.h"

namespace earmark::neural
{

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
torch::Tensor recomputed(const SpeechLayer& layer, const torch::Tensor& hidden, const LayerCall& call)
{
    Tensors inputs{hidden};
    if (call.positions.defined())
        inputs.push_back(call.positions);
    const auto run = [&layer, call](const Tensors& in) {
        LayerCall again = call;
        if (in.size() > 1)
            again.positions = in[1];
        return layer.forward(in[0], again).first;
    };
    return checkpointed(run, inputs, layer.parameters());
}

} // namespace

void SpeechEncoder::freezeEmbeddings()
{
    for (torch::Tensor& parameter : pos_conv_embed->parameters())
        parameter.requires_grad_(false);
}

torch::Tensor SpeechEncoder::withPositions(const torch::Tensor& hidden) const
{
    const torch::Tensor position = pos_conv_embed->forward(hidden);
    if (!config_.squeeze_factor)
        return hidden + position;
    const std::int64_t factor = *config_.squeeze_factor, frames = hidden.size(1) / factor;
    const torch::Tensor mean = hidden.slice(1, 0, frames * factor).unflatten(1, {frames, factor}).mean(2); // frames left over at the end are lost
    return mean + position.slice(1, 0, frames);
}

EncoderResult SpeechEncoder::forward(torch::Tensor hidden, const EncoderCall& call)
{
    EncoderResult result;
    const bool recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !call.attentions;
    const std::int64_t frames = hidden.size(1);
    // Padded frames are silenced before any convolution, which would spread them over their neighbours.
    hidden = embed(call.valid.defined() ? hidden.masked_fill(call.valid.logical_not().unsqueeze(-1), 0) : hidden);
    LayerCall shared{.eager = call.eager};
    if (call.valid.defined()) {
        shared.valid = upsample ? squeezedMask(call.valid, *config_.squeeze_factor) : call.valid;
        shared.mask = additiveMask(shared.valid, hidden.scalar_type());
    }
    describe(shared, hidden);
    for (const auto& layer : *layers) {
        if (call.hiddenStates)
            result.hiddenStates.push_back(hidden);
        const float draw = call.drawsLayerDrop && config_.has_layerdrop ? torch::rand({}).item<float>() : 1;
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
    hidden = top(hidden);
    if (call.hiddenStates)
        result.hiddenStates.push_back(hidden);
    result.hidden = upsample ? upsample->forward(hidden, frames) : hidden;
    return result;
}

} // namespace earmark::neural
