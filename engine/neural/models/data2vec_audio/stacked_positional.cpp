#include "engine/neural/models/data2vec_audio/stacked_positional.h"

namespace earmark::neural
{

namespace
{

struct PositionalLayer : torch::nn::Module {
    explicit PositionalLayer(const SpeechConfig& config)
    {
        const std::int64_t size = config.hidden_size, kernel = config.conv_pos_kernel_size;
        const Convolution::Shape shape{.in = size, .out = size, .kernel = kernel, .padding = kernel / 2,
                                       .groups = config.num_conv_pos_embedding_groups};
        conv = register_module("conv", std::make_shared<Convolution>(shape, fill::kaimingNormal(), fill::constant(0)));
    }
    std::shared_ptr<Convolution> conv;
};

class StackedPositional final : public PositionalEmbedding
{
public:
    explicit StackedPositional(const SpeechConfig& config) : activation_(config.feat_extract_activation)
    {
        layers = register_module("layers", std::make_shared<LayerList<PositionalLayer>>());
        for (std::int64_t i = 0; i < config.num_conv_pos_embeddings; ++i)
            layers->append(std::make_shared<PositionalLayer>(config));
    }

    torch::Tensor forward(const torch::Tensor& hidden) override
    {
        torch::Tensor x = hidden;
        for (const auto& layer : *layers) {
            const Convolution& conv = *layer->conv;
            x = convolveSame(x.transpose(1, 2), conv.weight, conv.bias, conv.shape).transpose(1, 2);
            x = activation_(at::layer_norm(x, {x.size(2)})); // without weight and bias
        }
        return x;
    }

private:
    Activation activation_;
    std::shared_ptr<LayerList<PositionalLayer>> layers;
};

} // namespace

std::shared_ptr<PositionalEmbedding> stackedPositionalConvolutions(const SpeechConfig& config) { return std::make_shared<StackedPositional>(config); }

} // namespace earmark::neural
