#include "engine/neural/models/mctct/mctct_encoder.h"

#include "engine/neural/models/add_and_norm.h"
#include "engine/neural/models/attention.h"
#include "engine/neural/models/layer_run.h"

namespace earmark::neural
{

namespace
{

/// Every projection but the head is without a bias.
std::shared_ptr<Linear> linear(const MctctConfig& config, std::int64_t in, std::int64_t out)
{
    return std::make_shared<Linear>(in, out, fill::normal(config.initializer_range), fill::constant(0), false);
}

/// attention.self
class MctctSelfAttention : public torch::nn::Module
{
public:
    explicit MctctSelfAttention(const MctctConfig& config) : config_(config)
    {
        query = register_module("query", linear(config, config.hidden_size, config.hidden_size));
        key = register_module("key", linear(config, config.hidden_size, config.hidden_size));
        value = register_module("value", linear(config, config.hidden_size, config.hidden_size));
        distance_embedding = register_module("distance_embedding", std::make_shared<Embedding>(2 * config.max_position_embeddings - 1, config.attention_head_dim,
                                                                                               fill::normal(config.initializer_range)));
    }

    /// `mask`: additive, or undefined.
    Attended forward(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager) const
    {
        const auto split = [&](const torch::Tensor& x) { return x.unflatten(-1, {config_.num_attention_heads, config_.attention_head_dim}).transpose(1, 2); };
        const torch::Tensor q = split(query->forward(hidden) / std::sqrt(static_cast<double>(config_.attention_head_dim)));
        const torch::Tensor distances = distanceScores(q);
        return attend(q, split(key->forward(hidden)), split(value->forward(hidden)), mask.defined() ? distances + mask : distances,
                      {.eager = eager, .dropout = is_training() ? config_.attention_probs_dropout_prob : 0, .scale = 1});
    }

private:
    /// The table's rows for a key's place less the query's, from 1 − frames to frames − 1; zeros for distances beyond it.
    torch::Tensor distancesOf(std::int64_t frames) const
    {
        const std::int64_t beyond = std::max<std::int64_t>(0, frames - config_.max_position_embeddings), known = frames - beyond;
        const torch::Tensor rows = distance_embedding->weight.narrow(0, config_.max_position_embeddings - known, 2 * known - 1);
        return beyond > 0 ? at::constant_pad_nd(rows, {0, 0, beyond, beyond}) : rows;
    }

    /// Of queries (batch, heads, frames, size) with the embedding of each key's distance: (batch, heads, queries, keys).
    torch::Tensor distanceScores(const torch::Tensor& q) const
    {
        const std::int64_t frames = q.size(2), distances = 2 * frames - 1;
        const torch::Tensor scores = at::matmul(q, distancesOf(frames).t());
        if (frames == 1)
            return scores;
        // Query i wants its row from distance −i on: read without its end, the next row begins one place earlier.
        const torch::Tensor flat = scores.flatten(2).narrow(2, frames - 1, frames * (distances - 1));
        return flat.view({q.size(0), q.size(1), frames, distances - 1}).narrow(3, 0, frames);
    }

    const MctctConfig& config_;
    std::shared_ptr<Linear> query, key, value;
    std::shared_ptr<Embedding> distance_embedding;
};

/// attention.output, output
std::shared_ptr<AddAndNorm> addAndNorm(const MctctConfig& config, std::int64_t in)
{
    return std::make_shared<AddAndNorm>(linear(config, in, config.hidden_size), config.layer_norm_eps, config.hidden_dropout_prob);
}

/// attention
class MctctAttention : public torch::nn::Module
{
public:
    explicit MctctAttention(const MctctConfig& config)
    {
        self = register_module("self", std::make_shared<MctctSelfAttention>(config));
        output = register_module("output", addAndNorm(config, config.hidden_size));
    }
    std::shared_ptr<MctctSelfAttention> self;
    std::shared_ptr<AddAndNorm> output;
};

} // namespace

/// layer_norm: one weight and one bias for all.
class MctctScale : public Layer
{
public:
    MctctScale()
    {
        singleton_weight = declareParameter("singleton_weight", {1}, fill::constant(1));
        singleton_bias = declareParameter("singleton_bias", {1}, fill::constant(0));
    }
    torch::Tensor forward(const torch::Tensor& x) const { return x * singleton_weight + singleton_bias; }

private:
    torch::Tensor singleton_weight, singleton_bias;
};

/// layers.N
class MctctLayer : public torch::nn::Module
{
public:
    explicit MctctLayer(const MctctConfig& config) : config_(config)
    {
        auto holder = register_module("intermediate", std::make_shared<torch::nn::Module>());
        intermediate = holder->register_module("dense", linear(config, config.hidden_size, config.intermediate_size));
        attention = register_module("attention", std::make_shared<MctctAttention>(config));
        output = register_module("output", addAndNorm(config, config.intermediate_size));
    }

    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager) const
    {
        const Attended attended = attention->self->forward(hidden, mask, eager);
        const torch::Tensor x = attention->output->forward(attended.context, hidden);
        return {output->forward(config_.hidden_act(intermediate->forward(x)), x), attended.weights};
    }

private:
    const MctctConfig& config_;
    std::shared_ptr<Linear> intermediate;
    std::shared_ptr<MctctAttention> attention;
    std::shared_ptr<AddAndNorm> output;
};

MctctEncoder::MctctEncoder(const MctctConfig& config) : config_(config)
{
    layer_norm = register_module("layer_norm", std::make_shared<MctctScale>());
    auto conv = register_module("conv", std::make_shared<torch::nn::Module>());
    conv_layers = conv->register_module("conv_layers", std::make_shared<LayerList<Convolution>>());
    for (std::size_t i = 0; i < config.conv_kernel.size(); ++i) {
        const auto [in, out] = config.channels(i);
        const Convolution::Shape shape{.in = in, .out = out, .kernel = config.conv_kernel[i], .stride = config.conv_stride[i]};
        conv_layers->append(std::make_shared<Convolution>(shape, fill::normal(config.initializer_range), fill::constant(0)));
    }
    layers = register_module("layers", std::make_shared<LayerList<MctctLayer>>());
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
        layers->append(std::make_shared<MctctLayer>(config));
}

torch::Tensor MctctEncoder::subsampled(const torch::Tensor& spectrogram) const
{
    const std::int64_t padding = config_.padding();
    torch::Tensor x = at::constant_pad_nd(layer_norm->forward(spectrogram), {0, 0, padding, padding}).transpose(1, 2).contiguous();
    for (const auto& convolution : *conv_layers)
        x = at::dropout(at::glu(convolution->forward(x), 1), config_.conv_dropout, is_training());
    return at::dropout(x.transpose(1, 2).contiguous(), config_.hidden_dropout_prob, is_training());
}

torch::Tensor MctctEncoder::frameCounts(const torch::Tensor& lengths) const
{
    torch::Tensor counts = lengths;
    for (std::size_t i = 0; i < config_.conv_kernel.size(); ++i)
        counts = at::div(counts + (2 * (config_.conv_kernel[i] / 2) - config_.conv_kernel[i]), config_.conv_stride[i], "trunc") + 1;
    return counts;
}

ModelOutputs MctctEncoder::forward(const torch::Tensor& spectrogram, const torch::Tensor& mask, const Call& call) const
{
    if (spectrogram.size(2) != config_.bins)
        throw Failure("model.bad_config", "The features have " + std::to_string(spectrogram.size(2)) + " bins, and the model takes " + std::to_string(config_.bins) +
                                              ": preprocessor_config.json and config.json do not belong together.");
    ModelOutputs outputs;
    torch::Tensor hidden = subsampled(spectrogram), additive;
    if (mask.defined()) {
        const torch::Tensor counts = frameCounts(mask.sum(-1)).unsqueeze(1);
        additive = additiveMask(torch::arange(hidden.size(1), counts.options()).unsqueeze(0) < counts, hidden.scalar_type());
    }
    const LayerRun run{.hiddenStates = call.hiddenStates ? &outputs.hidden_states : nullptr,
                       .attentions = call.attentions ? &outputs.attentions : nullptr,
                       .recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled() && !call.attentions,
                       .layerdrop = call.drawsLayerDrop && is_training() ? std::optional(config_.layerdrop) : std::nullopt};
    hidden = runLayers(*layers, hidden, run, [additive, eager = call.eager](const MctctLayer& layer, const Tensors& in) { return layer.forward(in[0], additive, eager); });
    outputs.last_hidden_state = hidden;
    if (call.hiddenStates)
        outputs.hidden_states.push_back(hidden);
    return outputs;
}

void MctctEncoder::freezeLowest(int count)
{
    freezeParameters(*layer_norm);
    freezeParameters(*conv_layers);
    for (int i = 0; i < count && static_cast<std::size_t>(i) < layers->size(); ++i)
        freezeParameters((*layers)[static_cast<std::size_t>(i)]);
}

} // namespace earmark::neural
