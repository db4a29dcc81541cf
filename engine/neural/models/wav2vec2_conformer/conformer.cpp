#include "engine/neural/models/wav2vec2_conformer/conformer.h"

#include "engine/neural/models/batch_norm.h"
#include "engine/neural/models/speech/transformer.h"
#include "engine/neural/models/wav2vec2_conformer/conformer_attention.h"

namespace earmark::neural
{

namespace
{

constexpr double normEps = 1e-5; // torch's default: the layers ignore layer_norm_eps

std::shared_ptr<LayerNorm> norm(const SpeechConfig& config) { return std::make_shared<LayerNorm>(config.hidden_size, normEps); }

/// conv_module. Padding is convolved as sound is.
class ConvolutionModule : public torch::nn::Module
{
public:
    explicit ConvolutionModule(const SpeechConfig& config) : config_(config)
    {
        const std::int64_t size = config.hidden_size, kernel = config.conformer.conv_depthwise_kernel_size;
        const auto convolution = [](const Convolution::Shape& shape) {
            return std::make_shared<Convolution>(shape, fill::kaimingNormal(), fill::constant(0));
        };
        layer_norm = register_module("layer_norm", norm(config));
        pointwise_conv1 = register_module("pointwise_conv1", convolution({.in = size, .out = 2 * size, .kernel = 1, .bias = false}));
        depthwise_conv = register_module(
            "depthwise_conv", convolution({.in = size, .out = size, .kernel = kernel, .padding = kernel / 2, .groups = size, .bias = false}));
        batch_norm = register_module("batch_norm", std::make_shared<BatchNorm>(size));
        pointwise_conv2 = register_module("pointwise_conv2", convolution({.in = size, .out = size, .kernel = 1, .bias = false}));
    }

    torch::Tensor forward(const torch::Tensor& hidden) const
    {
        torch::Tensor x = pointwise_conv1->forward(layer_norm->forward(hidden).transpose(1, 2));
        x = batch_norm->forward(depthwise_conv->forward(at::glu(x, 1)));
        x = pointwise_conv2->forward(config_.hidden_act(x));
        return at::dropout(x, config_.conformer.conformer_conv_dropout, is_training()).transpose(1, 2);
    }

private:
    const SpeechConfig& config_;
    std::shared_ptr<LayerNorm> layer_norm;
    std::shared_ptr<Convolution> pointwise_conv1, depthwise_conv, pointwise_conv2;
    std::shared_ptr<BatchNorm> batch_norm;
};

class ConformerLayer final : public SpeechLayer
{
public:
    explicit ConformerLayer(const SpeechConfig& config) : config_(config)
    {
        ffn1_layer_norm = register_module("ffn1_layer_norm", norm(config));
        ffn1 = register_module("ffn1", std::make_shared<SpeechFeedForward>(config));
        self_attn_layer_norm = register_module("self_attn_layer_norm", norm(config));
        self_attn = register_module("self_attn", std::make_shared<ConformerAttention>(config));
        conv_module = register_module("conv_module", std::make_shared<ConvolutionModule>(config));
        ffn2_layer_norm = register_module("ffn2_layer_norm", norm(config));
        ffn2 = register_module("ffn2", std::make_shared<SpeechFeedForward>(config));
        final_layer_norm = register_module("final_layer_norm", norm(config));
    }

    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const LayerCall& call) const override
    {
        torch::Tensor x = hidden + ffn1->forward(ffn1_layer_norm->forward(hidden)) * 0.5;
        const Attended attended = self_attn->forward(self_attn_layer_norm->forward(x), call);
        x = x + at::dropout(attended.context, config_.attention_dropout, is_training());
        x = x + conv_module->forward(x);
        x = x + ffn2->forward(ffn2_layer_norm->forward(x)) * 0.5;
        return {final_layer_norm->forward(x), attended.weights};
    }

private:
    const SpeechConfig& config_;
    std::shared_ptr<LayerNorm> ffn1_layer_norm, self_attn_layer_norm, ffn2_layer_norm, final_layer_norm;
    std::shared_ptr<SpeechFeedForward> ffn1, ffn2;
    std::shared_ptr<ConformerAttention> self_attn;
    std::shared_ptr<ConvolutionModule> conv_module;
};

class ConformerEncoder final : public SpeechEncoder
{
public:
    explicit ConformerEncoder(const SpeechConfig& config) : SpeechEncoder(config)
    {
        if (config.conformer.positions == ConformerConfig::Positions::rotary)
            rotary_ = register_module("embed_positions", std::make_shared<RotaryPositions>(config));
        pos_conv_embed = register_module("pos_conv_embed", groupedPositionalConvolution(config));
        layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
        register_module("layers", layers);
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
            layers->append(std::make_shared<ConformerLayer>(config));
    }

protected:
    torch::Tensor embed(const torch::Tensor& hidden) const override { return at::dropout(hidden, config_.hidden_dropout, is_training()); }
    torch::Tensor top(const torch::Tensor& hidden) const override { return layer_norm->forward(hidden); }

    void describe(LayerCall& call, const torch::Tensor& hidden) override
    {
        if (rotary_)
            call.positions = rotary_->forward(hidden);
        else if (config_.conformer.positions == ConformerConfig::Positions::relative)
            call.positions = relativePositions(hidden);
    }

private:
    std::shared_ptr<RotaryPositions> rotary_; ///< null but with rotary positions
    std::shared_ptr<LayerNorm> layer_norm;
};

} // namespace

std::shared_ptr<SpeechEncoder> conformerEncoder(const SpeechConfig& config) { return std::make_shared<ConformerEncoder>(config); }

} // namespace earmark::neural
