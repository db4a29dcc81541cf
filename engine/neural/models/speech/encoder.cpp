#include "engine/neural/models/speech/encoder.h"

#include "engine/neural/models/layer_run.h"

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
    const std::int64_t frames = hidden.size(1);
    // Padded frames are silenced before any convolution, which would spread them over their neighbours.
    hidden = embed(call.valid.defined() ? hidden.masked_fill(call.valid.logical_not().unsqueeze(-1), 0) : hidden);
    LayerCall shared{.eager = call.eager};
    if (call.valid.defined()) {
        shared.valid = upsample ? squeezedMask(call.valid, *config_.squeeze_factor) : call.valid;
        shared.mask = additiveMask(shared.valid, hidden.scalar_type());
    }
    describe(shared, hidden);
    LayerRun run{.hiddenStates = call.hiddenStates ? &result.hiddenStates : nullptr,
                 .attentions = call.attentions ? &result.attentions : nullptr,
                 .recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !call.attentions,
                 .sparesFirst = config_.layerdrop_spares_first};
    if (call.drawsLayerDrop && config_.has_layerdrop)
        run.layerdrop = is_training() ? config_.layerdrop : 0;
    if (shared.positions.defined())
        run.shared.push_back(shared.positions);
    hidden = runLayers(*layers, hidden, run, [shared](const SpeechLayer& layer, const Tensors& in) {
        LayerCall own = shared;
        if (in.size() > 1)
            own.positions = in[1];
        return layer.forward(in[0], own);
    });
    hidden = top(hidden);
    if (call.hiddenStates)
        result.hiddenStates.push_back(hidden);
    result.hidden = upsample ? upsample->forward(hidden, frames) : hidden;
    return result;
}

} // namespace earmark::neural
