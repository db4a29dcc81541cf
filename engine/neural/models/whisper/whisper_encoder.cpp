#include "engine/neural/models/whisper/whisper_encoder.h"

#include "engine/neural/models/attention.h"
#include "engine/neural/models/layer_run.h"

namespace earmark::neural
{

namespace
{

constexpr double normEps = 1e-5; // torch's default

std::shared_ptr<Linear> linear(const WhisperConfig& config, std::int64_t in, std::int64_t out, bool bias = true)
{
    return std::make_shared<Linear>(in, out, fill::normal(config.init_std), fill::constant(0), bias);
}

std::shared_ptr<LayerNorm> norm(const WhisperConfig& config) { return std::make_shared<LayerNorm>(config.d_model, normEps); }

std::shared_ptr<Convolution> convolution(const WhisperConfig& config, std::int64_t in, std::int64_t stride)
{
    const Convolution::Shape shape{.in = in, .out = config.d_model, .kernel = 3, .stride = stride, .padding = 1};
    return std::make_shared<Convolution>(shape, fill::normal(config.init_std), fill::constant(0));
}

/// (batch, time, in) -> (batch, frames, out), with the activation.
torch::Tensor convolved(const Convolution& convolution, const torch::Tensor& x)
{
    const Convolution::Shape& shape = convolution.shape;
    if (!canUseWindows(x))
        return at::gelu(convolution.forward(x.transpose(1, 2))).transpose(1, 2);
    const torch::Tensor padded = at::constant_pad_nd(x, {0, 0, shape.padding, shape.padding});
    return windowedConvolution(padded, windowedWeight(convolution.weight), convolution.bias.unsqueeze(0),
                               {.kernel = shape.kernel, .stride = shape.stride, .gelu = true});
}

/// Half of the channels sines, half cosines, of waves from 2π to 10,000 times that many frames long.
void sinusoids(torch::Tensor& table, at::Generator&)
{
    const std::int64_t half = table.size(1) / 2;
    const double step = std::log(10000.0) / static_cast<double>(half - 1);
    const torch::Tensor scales = at::exp(-step * torch::arange(half, torch::kFloat32));
    const torch::Tensor times = torch::arange(table.size(0), torch::kFloat32).unsqueeze(1) * scales.unsqueeze(0);
    table.copy_(at::cat({at::sin(times), at::cos(times)}, 1));
}

/// self_attn
class WhisperAttention : public torch::nn::Module
{
public:
    explicit WhisperAttention(const WhisperConfig& config) : config_(config)
    {
        k_proj = register_module("k_proj", linear(config, config.d_model, config.d_model, false));
        v_proj = register_module("v_proj", linear(config, config.d_model, config.d_model));
        q_proj = register_module("q_proj", linear(config, config.d_model, config.d_model));
        out_proj = register_module("out_proj", linear(config, config.d_model, config.d_model));
    }

    Attended forward(const torch::Tensor& hidden, bool eager) const
    {
        const auto split = [&](const torch::Tensor& x) {
            return x.view({x.size(0), x.size(1), config_.encoder_attention_heads, -1}).transpose(1, 2);
        };
        const double scale = 1 / std::sqrt(static_cast<double>(config_.d_model / config_.encoder_attention_heads));
        // Scaled before the product, as upstream is careful to: in half precision it makes a difference.
        Attended result = attend(split(q_proj->forward(hidden) * scale), split(k_proj->forward(hidden)), split(v_proj->forward(hidden)), {},
                                 {.eager = eager, .dropout = is_training() ? config_.attention_dropout : 0, .scale = 1});
        result.context = out_proj->forward(result.context);
        return result;
    }

private:
    const WhisperConfig& config_;
    std::shared_ptr<Linear> k_proj, v_proj, q_proj, out_proj;
};

/// float16 alone: layers whose sums grow beyond it stay finite.
torch::Tensor clamped(const torch::Tensor& hidden)
{
    if (hidden.scalar_type() != torch::kHalf)
        return hidden;
    const double most = -lowestNumber(torch::kHalf) - 1000;
    return hidden.clamp(-most, most);
}

} // namespace

/// layers.N
class WhisperLayer : public torch::nn::Module
{
public:
    explicit WhisperLayer(const WhisperConfig& config) : config_(config)
    {
        self_attn = register_module("self_attn", std::make_shared<WhisperAttention>(config));
        self_attn_layer_norm = register_module("self_attn_layer_norm", norm(config));
        fc1 = register_module("fc1", linear(config, config.d_model, config.encoder_ffn_dim));
        fc2 = register_module("fc2", linear(config, config.encoder_ffn_dim, config.d_model));
        final_layer_norm = register_module("final_layer_norm", norm(config));
    }

    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, bool eager) const
    {
        const auto drop = [&](const torch::Tensor& x, double p) { return at::dropout(x, p, is_training()); };
        const Attended attended = self_attn->forward(self_attn_layer_norm->forward(hidden), eager);
        const torch::Tensor x = hidden + drop(attended.context, config_.dropout);
        const torch::Tensor inner = config_.activation_function(fc1->forward(final_layer_norm->forward(x)));
        return {clamped(x + drop(fc2->forward(drop(inner, config_.activation_dropout)), config_.dropout)), attended.weights};
    }

private:
    const WhisperConfig& config_;
    std::shared_ptr<WhisperAttention> self_attn;
    std::shared_ptr<Linear> fc1, fc2;
    std::shared_ptr<LayerNorm> self_attn_layer_norm, final_layer_norm;
};

WhisperEncoder::WhisperEncoder(const WhisperConfig& config) : config_(config)
{
    conv1 = register_module("conv1", convolution(config, config.num_mel_bins, 1));
    conv2 = register_module("conv2", convolution(config, config.d_model, 2));
    embed_positions = register_module("embed_positions", std::make_shared<Embedding>(config.max_source_positions, config.d_model, sinusoids));
    embed_positions->weight.requires_grad_(false);
    layers = register_module("layers", std::make_shared<LayerList<WhisperLayer>>());
    for (std::int64_t i = 0; i < config.encoder_layers; ++i)
        layers->append(std::make_shared<WhisperLayer>(config));
    layer_norm = register_module("layer_norm", norm(config));
}

torch::Tensor WhisperEncoder::embed(const torch::Tensor& spectrogram) const
{
    const torch::Tensor x = convolved(*conv2, convolved(*conv1, spectrogram.transpose(1, 2)));
    const torch::Tensor placed = x + embed_positions->weight;
    if (!is_training() || config_.dropout == 0)
        return placed;
    // Upstream has this as (batch, channels, frames) in memory, and draws the mask in that order.
    return at::dropout(placed.transpose(1, 2).contiguous(), config_.dropout, true).transpose(1, 2);
}

ModelOutputs WhisperEncoder::forward(const torch::Tensor& spectrogram, const Call& call) const
{
    if (spectrogram.size(1) != config_.num_mel_bins || spectrogram.size(2) != config_.frames())
        throw Failure("model.bad_config", "The features have " + std::to_string(spectrogram.size(2)) + " frames of " +
                                              std::to_string(spectrogram.size(1)) + " bins, and the model takes " + std::to_string(config_.frames()) +
                                              " of " + std::to_string(config_.num_mel_bins) +
                                              ": preprocessor_config.json and config.json do not belong together.");
    ModelOutputs outputs;
    const LayerRun run{.hiddenStates = call.hiddenStates ? &outputs.hidden_states : nullptr,
                       .attentions = call.attentions ? &outputs.attentions : nullptr,
                       .recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !call.attentions,
                       .layerdrop = call.drawsLayerDrop && is_training() ? std::optional(config_.encoder_layerdrop) : std::nullopt};
    const torch::Tensor hidden =
        runLayers(*layers, embed(spectrogram), run, [eager = call.eager](const WhisperLayer& layer, const Tensors& in) { return layer.forward(in[0], eager); });
    outputs.last_hidden_state = layer_norm->forward(hidden);
    if (call.hiddenStates)
        outputs.hidden_states.push_back(*outputs.last_hidden_state);
    return outputs;
}

void WhisperEncoder::freezeLowest(int count)
{
    freezeParameters(*conv1);
    freezeParameters(*conv2);
    for (int i = 0; i < count && static_cast<std::size_t>(i) < layers->size(); ++i)
        freezeParameters((*layers)[static_cast<std::size_t>(i)]);
}

} // namespace earmark::neural
