#include "engine/neural/models/clap/picture_embedding.h"

#include "engine/neural/models/batch_norm.h"
#include "engine/neural/models/clap/swin.h"

namespace earmark::neural
{

class PlainConvolution : public Layer
{
public:
    using Sizes = std::vector<std::int64_t>; ///< of height and width

    PlainConvolution(const ClapAudioConfig& config, std::int64_t in, std::int64_t out, Sizes kernel = {1, 1}, Sizes stride = {1, 1}, Sizes padding = {0, 0})
        : stride_(std::move(stride)), padding_(std::move(padding))
    {
        weight = declareParameter("weight", {out, in, kernel[0], kernel[1]}, clapAudioWeights(config));
        bias = declareParameter("bias", {out}, fill::constant(0));
    }
    torch::Tensor forward(const torch::Tensor& x) const { return at::conv2d(x, weight, bias, stride_, padding_); }

private:
    Sizes stride_, padding_;
    torch::Tensor weight, bias;
};

namespace
{

/// A convolution, its norm, ReLU, a convolution, its norm: children of a Sequential upstream, the first of them at place `first`.
class Weighing : public torch::nn::Module
{
public:
    Weighing(const ClapAudioConfig& config, int first)
    {
        const std::int64_t channels = config.patch_embeds_hidden_size, inner = channels / config.aff_block_r;
        const auto name = [&](int place) { return std::to_string(first + place); };
        narrow_ = register_module(name(0), std::make_shared<PlainConvolution>(config, channels, inner));
        narrowNorm_ = register_module(name(1), std::make_shared<BatchNorm>(inner));
        widen_ = register_module(name(3), std::make_shared<PlainConvolution>(config, inner, channels));
        widenNorm_ = register_module(name(4), std::make_shared<BatchNorm>(channels));
    }
    torch::Tensor forward(const torch::Tensor& x) const
    {
        return widenNorm_->forward(widen_->forward(at::relu(narrowNorm_->forward(narrow_->forward(x)))));
    }

private:
    std::shared_ptr<PlainConvolution> narrow_, widen_;
    std::shared_ptr<BatchNorm> narrowNorm_, widenNorm_;
};

} // namespace

class FeatureFusion : public torch::nn::Module
{
public:
    explicit FeatureFusion(const ClapAudioConfig& config)
    {
        local_att = register_module("local_att", std::make_shared<Weighing>(config, 0));
        global_att = register_module("global_att", std::make_shared<Weighing>(config, 1));
    }

    torch::Tensor forward(const torch::Tensor& whole, const torch::Tensor& parts) const
    {
        const torch::Tensor both = whole + parts;
        const torch::Tensor share = at::sigmoid(local_att->forward(both) + global_att->forward(at::adaptive_avg_pool2d(both, {1, 1})));
        return 2 * whole * share + 2 * parts * (1 - share);
    }

private:
    std::shared_ptr<Weighing> local_att, global_att;
};

PictureEmbedding::PictureEmbedding(const ClapAudioConfig& config) : config_(config)
{
    const auto& [patch, stride] = std::pair(config.patch_size, config.patch_stride);
    const std::vector<std::int64_t> padding{(patch[0] - stride[0]) / 2, (patch[1] - stride[1]) / 2};
    const std::int64_t size = config.patch_embeds_hidden_size, channels = config.patch_embed_input_channels;
    proj = register_module("proj", std::make_shared<PlainConvolution>(config, channels, size, std::vector(patch.begin(), patch.end()),
                                                                      std::vector(stride.begin(), stride.end()), padding));
    if (config.enable_patch_layer_norm)
        norm = register_module("norm", std::make_shared<LayerNorm>(size, 1e-5));
    if (!config.enable_fusion)
        return;
    fusion_model = register_module("fusion_model", std::make_shared<FeatureFusion>(config));
    mel_conv2d = register_module("mel_conv2d", std::make_shared<PlainConvolution>(config, channels, size, std::vector{patch[0], 3 * patch[1]},
                                                                                  std::vector{stride[0], 3 * stride[1]}, padding));
}

/// The three parts side by side in one width, as upstream lays them.
torch::Tensor PictureEmbedding::parts(const torch::Tensor& pictures, std::int64_t width) const
{
    const std::int64_t count = pictures.size(1);
    const torch::Tensor each = mel_conv2d->forward(pictures.reshape({-1, 1, pictures.size(2), pictures.size(3)}));
    const torch::Tensor beside = each.unflatten(0, {-1, count}).permute({0, 2, 3, 1, 4}).flatten(3);
    return at::constant_pad_nd(beside, {0, width - beside.size(3)});
}

torch::Tensor PictureEmbedding::forward(const torch::Tensor& picture, const torch::Tensor& longer) const
{
    const bool fuses = longer.defined() && longer.numel() > 0;
    const std::int64_t channels = picture.size(1), wanted = fuses ? 4 : config_.patch_embed_input_channels;
    if (channels != wanted && (fuses || !config_.enable_fusion))
        throw Failure("model.bad_config", "The features have " + std::to_string(channels) + " pictures of a clip, and the model takes " + std::to_string(wanted) +
                                              ": truncation in preprocessor_config.json and enable_fusion in config.json do not belong together.");
    torch::Tensor hidden = proj->forward(config_.enable_fusion ? picture.slice(1, 0, 1) : picture);
    if (fuses) {
        const torch::Tensor chosen = picture.index_select(0, longer).slice(1, 1);
        hidden = hidden.index_copy(0, longer, fusion_model->forward(hidden.index_select(0, longer), parts(chosen, hidden.size(3))));
    }
    hidden = hidden.flatten(2).transpose(1, 2);
    return norm ? norm->forward(hidden) : hidden;
}

} // namespace earmark::neural
