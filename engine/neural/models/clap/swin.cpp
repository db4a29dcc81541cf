#include "engine/neural/models/clap/swin.h"

#include "engine/neural/models/attention.h"

namespace earmark::neural
{

Filler clapAudioWeights(const ClapAudioConfig& config)
{
    const double size = static_cast<double>(config.hidden_size), layers = static_cast<double>(config.num_hidden_layers);
    return fill::normal(config.initializer_factor / std::sqrt(size * 2 * layers));
}

namespace
{

std::shared_ptr<Linear> linear(const ClapAudioConfig& config, std::int64_t in, std::int64_t out, bool bias = true)
{
    return std::make_shared<Linear>(in, out, clapAudioWeights(config), fill::constant(0), bias);
}

/// (batch, height, width, channels) -> (batch · windows, window², channels)
torch::Tensor cutIntoWindows(const torch::Tensor& picture, std::int64_t window)
{
    const std::int64_t channels = picture.size(3);
    return picture.view({picture.size(0), picture.size(1) / window, window, picture.size(2) / window, window, channels})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, window * window, channels});
}

torch::Tensor joinWindows(const torch::Tensor& windows, std::int64_t window, const Grid& grid)
{
    return windows.view({-1, grid[0] / window, grid[1] / window, window, window, windows.size(2)})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, grid[0], grid[1], windows.size(2)});
}

/// A picture that is turned over its edge brings tokens into a window that are no neighbours: −100 between them. (windows, window², window²)
torch::Tensor shiftedMask(const Grid& grid, std::int64_t window, std::int64_t shift, const torch::TensorOptions& options)
{
    const auto bands = [&](std::int64_t size) { // 0 up to the last window, 1 in its part that stays, 2 in the part that was turned over
        torch::Tensor band = torch::zeros({size}, options);
        band.slice(0, size - window, size - shift).fill_(1);
        band.slice(0, size - shift).fill_(2);
        return band;
    };
    const torch::Tensor regions = bands(grid[0]).unsqueeze(1) * 3 + bands(grid[1]).unsqueeze(0);
    const torch::Tensor windows = cutIntoWindows(regions.view({1, grid[0], grid[1], 1}), window).squeeze(2);
    return (windows.unsqueeze(1) != windows.unsqueeze(2)).to(options) * -100;
}

/// For each pair of tokens in a window, which row of the bias table is theirs.
Filler relativePositions(std::int64_t window)
{
    return [window](torch::Tensor& index, at::Generator&) {
        const torch::Tensor place = torch::arange(window * window, torch::kLong);
        const torch::Tensor row = torch::div(place, window, "floor"), column = place.remainder(window);
        const auto apart = [&](const torch::Tensor& at) { return at.unsqueeze(1) - at.unsqueeze(0) + window - 1; };
        index.copy_(apart(row) * (2 * window - 1) + apart(column));
    };
}

/// attention.self
class WindowAttention : public Layer
{
public:
    WindowAttention(const ClapAudioConfig& config, std::int64_t channels, std::int64_t heads)
        : heads_(heads), dropout_(config.attention_probs_dropout_prob)
    {
        const std::int64_t window = config.window_size, tokens = window * window;
        relative_position_bias_table = declareParameter("relative_position_bias_table", {(2 * window - 1) * (2 * window - 1), heads}, fill::constant(0));
        const Filler positions = relativePositions(window);
        relative_position_index = declareBuffer("relative_position_index", {tokens, tokens}, positions, torch::kLong);
        at::Generator none;
        positions(relative_position_index, none); // no checkpoint has others
        query = register_module("query", linear(config, channels, channels, config.qkv_bias));
        key = register_module("key", linear(config, channels, channels, config.qkv_bias));
        value = register_module("value", linear(config, channels, channels, config.qkv_bias));
    }

    /// (batch · windows, tokens, channels); the mask is of one picture's windows, or undefined.
    Attended forward(const torch::Tensor& windows, const torch::Tensor& mask, bool eager) const
    {
        const auto split = [&](const std::shared_ptr<Linear>& projection) {
            return projection->forward(windows).view({windows.size(0), windows.size(1), heads_, -1}).transpose(1, 2);
        };
        const std::int64_t tokens = windows.size(1);
        torch::Tensor bias = relative_position_bias_table.index_select(0, relative_position_index.view(-1)).view({tokens, tokens, heads_});
        bias = bias.permute({2, 0, 1}).unsqueeze(0);
        if (mask.defined())
            bias = (bias + mask.unsqueeze(1)).repeat({windows.size(0) / mask.size(0), 1, 1, 1});
        return attend(split(query), split(key), split(value), bias, {.eager = eager, .dropout = is_training() ? dropout_ : 0});
    }

private:
    std::int64_t heads_;
    double dropout_;
    torch::Tensor relative_position_bias_table, relative_position_index;
    std::shared_ptr<Linear> query, key, value;
};

/// A module with one linear layer in it, named dense.
class Dense : public torch::nn::Module
{
public:
    Dense(const ClapAudioConfig& config, std::int64_t in, std::int64_t out) { dense = register_module("dense", linear(config, in, out)); }
    torch::Tensor forward(const torch::Tensor& x) const { return dense->forward(x); }

private:
    std::shared_ptr<Linear> dense;
};

/// attention
class BlockAttention : public torch::nn::Module
{
public:
    BlockAttention(const ClapAudioConfig& config, std::int64_t channels, std::int64_t heads)
    {
        self = register_module("self", std::make_shared<WindowAttention>(config, channels, heads));
        output = register_module("output", std::make_shared<Dense>(config, channels, channels));
    }
    std::shared_ptr<WindowAttention> self;
    std::shared_ptr<Dense> output;
};

} // namespace

class SwinBlock : public torch::nn::Module
{
public:
    SwinBlock(const ClapAudioConfig& config, std::int64_t stage, bool shifted, double dropPath)
        : config_(config), grid_(config.grid(stage)), dropPath_(dropPath)
    {
        const std::int64_t channels = config.width(stage), inner = static_cast<std::int64_t>(config.mlp_ratio * static_cast<double>(channels));
        shift_ = shifted && std::min(grid_[0], grid_[1]) > config.window_size ? config.window_size / 2 : 0;
        layernorm_before = register_module("layernorm_before", std::make_shared<LayerNorm>(channels, config.layer_norm_eps));
        attention = register_module("attention", std::make_shared<BlockAttention>(config, channels, config.num_attention_heads[static_cast<std::size_t>(stage)]));
        layernorm_after = register_module("layernorm_after", std::make_shared<LayerNorm>(channels, config.layer_norm_eps));
        intermediate = register_module("intermediate", std::make_shared<Dense>(config, channels, inner));
        output = register_module("output", std::make_shared<Dense>(config, inner, channels));
    }

    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, bool eager) const
    {
        const torch::Tensor normed = layernorm_before->forward(hidden).view({hidden.size(0), grid_[0], grid_[1], hidden.size(2)});
        torch::Tensor weights;
        const torch::Tensor attended = attendInWindows(normed, eager, weights).reshape(hidden.sizes());
        const torch::Tensor x = hidden + dropPath(attended);
        const torch::Tensor inner = config_.hidden_act(intermediate->forward(layernorm_after->forward(x)));
        return {x + at::dropout(output->forward(inner), config_.hidden_dropout_prob, is_training()), weights};
    }

private:
    torch::Tensor attendInWindows(const torch::Tensor& picture, bool eager, torch::Tensor& weights) const
    {
        const std::int64_t window = config_.window_size;
        const auto missing = [&](std::int64_t size) { return (window - size % window) % window; };
        const Grid padded{grid_[0] + missing(grid_[0]), grid_[1] + missing(grid_[1])};
        torch::Tensor x = picture;
        if (padded != grid_)
            x = at::constant_pad_nd(picture, {0, 0, 0, padded[1] - grid_[1], 0, padded[0] - grid_[0]});
        torch::Tensor mask;
        if (shift_ > 0) {
            x = x.roll({-shift_, -shift_}, {1, 2});
            mask = shiftedMask(padded, window, shift_, x.options());
        }
        const Attended attended = attention->self->forward(cutIntoWindows(x, window), mask, eager);
        weights = attended.weights;
        const torch::Tensor mixed = at::dropout(attention->output->forward(attended.context), config_.attention_probs_dropout_prob, is_training());
        x = joinWindows(mixed, window, padded);
        if (shift_ > 0)
            x = x.roll({shift_, shift_}, {1, 2});
        return x.slice(1, 0, grid_[0]).slice(2, 0, grid_[1]);
    }

    torch::Tensor dropPath(const torch::Tensor& x) const
    {
        if (dropPath_ == 0 || !is_training())
            return x;
        const double kept = 1 - dropPath_;
        return x / kept * (torch::rand({x.size(0), 1, 1}, x.options()) + kept).floor_();
    }

    const ClapAudioConfig& config_;
    const Grid grid_;
    const double dropPath_;
    std::int64_t shift_ = 0;
    std::shared_ptr<LayerNorm> layernorm_before, layernorm_after;
    std::shared_ptr<BlockAttention> attention;
    std::shared_ptr<Dense> intermediate, output;
};

class PatchMerging : public torch::nn::Module
{
public:
    PatchMerging(const ClapAudioConfig& config, std::int64_t channels)
    {
        reduction = register_module("reduction", linear(config, 4 * channels, 2 * channels, false));
        norm = register_module("norm", std::make_shared<LayerNorm>(4 * channels, 1e-5));
    }

    /// Of two by two tokens the left ones come first, each upper one before its lower one.
    torch::Tensor forward(const torch::Tensor& x, const Grid& grid) const
    {
        const torch::Tensor merged = x.view({x.size(0), grid[0] / 2, 2, grid[1] / 2, 2, x.size(2)})
                                         .permute({0, 1, 3, 4, 2, 5})
                                         .reshape({x.size(0), -1, 4 * x.size(2)});
        return reduction->forward(norm->forward(merged));
    }

private:
    std::shared_ptr<Linear> reduction;
    std::shared_ptr<LayerNorm> norm;
};

SwinStage::SwinStage(const ClapAudioConfig& config, std::int64_t stage, const std::vector<double>& dropPaths) : grid_(config.grid(stage))
{
    blocks = register_module("blocks", std::make_shared<LayerList<SwinBlock>>());
    for (std::size_t i = 0; i < dropPaths.size(); ++i)
        blocks->append(std::make_shared<SwinBlock>(config, stage, i % 2 == 1, dropPaths[i]));
    if (stage + 1 < config.stages())
        downsample = register_module("downsample", std::make_shared<PatchMerging>(config, config.width(stage)));
}

SwinStage::Output SwinStage::forward(const torch::Tensor& hidden, bool eager) const
{
    Output result{hidden, {}};
    for (const auto& block : *blocks)
        std::tie(result.hidden, result.attention) = block->forward(result.hidden, eager);
    if (downsample)
        result.hidden = downsample->forward(result.hidden, grid_);
    return result;
}

} // namespace earmark::neural
