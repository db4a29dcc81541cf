#include "engine/neural/models/speech/front_end.h"

#include "engine/neural/models/gradient_checkpoint.h"

namespace earmark::neural
{

namespace
{
constexpr double normEps = 1e-5; // torch's default: the front end ignores layer_norm_eps

FrontEndLayer::Norm normOf(const SpeechConfig& config, std::size_t index)
{
    using Norm = FrontEndLayer::Norm;
    return !config.groupNorm ? Norm::layer : index == 0 ? Norm::group : Norm::none;
}
} // namespace

Filler convolutionBias(const SpeechConfig& config, std::int64_t fanIn)
{
    const double bound = std::sqrt(1.0 / static_cast<double>(fanIn));
    return config.plainInitialisation ? fill::constant(0) : fill::uniform(-bound, bound);
}

Convolution::Convolution(const Shape& shape_, Filler weightFiller, Filler biasFiller) : shape(shape_)
{
    weight = declareParameter("weight", {shape.out, shape.in / shape.groups, shape.kernel}, std::move(weightFiller));
    if (shape.bias)
        bias = declareParameter("bias", {shape.out}, std::move(biasFiller));
}

torch::Tensor Convolution::forward(const torch::Tensor& x) const
{
    return at::conv1d(x, weight, bias, shape.stride, shape.padding, 1, shape.groups);
}

FrontEndLayer::FrontEndLayer(const SpeechConfig& config, std::size_t index)
    : norm(normOf(config, index)), activation(config.feat_extract_activation)
{
    const std::int64_t in = index == 0 ? 1 : config.conv_dim[index - 1];
    const Convolution::Shape shape{.in = in, .out = config.conv_dim[index], .kernel = config.conv_kernel[index],
                                   .stride = config.conv_stride[index], .bias = config.conv_bias};
    conv = register_module("conv", std::make_shared<Convolution>(shape, fill::kaimingNormal(), convolutionBias(config, in * shape.kernel)));
    if (norm != Norm::none)
        layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(shape.out, normEps));
}

torch::Tensor FrontEndLayer::forward(const torch::Tensor& x) const
{
    // A bias before a group norm changes nothing but rounding; such a layer is left to torch.
    const bool foldable = norm != Norm::group || (x.size(2) == 1 && !conv->bias.defined() && !x.requires_grad());
    return foldable && canUseWindows(x) ? forwardWindowed(x) : forwardPlain(x);
}

torch::Tensor FrontEndLayer::forwardWindowed(const torch::Tensor& x) const
{
    const bool fuses = activation == gelu && norm != Norm::layer;
    const WindowedOptions options{.kernel = conv->shape.kernel, .stride = conv->shape.stride, .gelu = fuses};
    torch::Tensor y;
    if (norm == Norm::group) {
        const auto [weights, bias] = foldGroupNorm(x.squeeze(-1), conv->weight, layer_norm->weight, layer_norm->bias, options.stride, normEps);
        y = windowedConvolution(x, weights, bias, options);
    } else {
        const torch::Tensor bias = conv->bias.defined() ? conv->bias.unsqueeze(0) : torch::Tensor();
        y = windowedConvolution(x, packed_.defined() ? packed_ : windowedWeight(conv->weight), bias, options);
    }
    if (norm == Norm::layer)
        y = layer_norm->forward(y);
    return fuses ? y : activation(y);
}

torch::Tensor FrontEndLayer::forwardPlain(const torch::Tensor& x) const
{
    torch::Tensor y = conv->forward(x.transpose(1, 2));
    if (norm == Norm::group)
        y = at::group_norm(y, y.size(1), layer_norm->weight, layer_norm->bias, normEps);
    y = y.transpose(1, 2);
    if (norm == Norm::layer)
        y = layer_norm->forward(y);
    return activation(y);
}

FrontEnd::FrontEnd(const SpeechConfig& config)
{
    conv_layers = register_module("conv_layers", std::make_shared<LayerList<FrontEndLayer>>());
    for (std::size_t i = 0; i < config.conv_dim.size(); ++i)
        conv_layers->append(std::make_shared<FrontEndLayer>(config, i));
}

void FrontEnd::prepareForInference()
{
    torch::NoGradGuard noGrad;
    for (const auto& layer : *conv_layers)
        layer->prepareForInference();
}

torch::Tensor FrontEnd::forward(const torch::Tensor& samples) const
{
    torch::Tensor x = samples.unsqueeze(-1);
    const bool recompute = gradientCheckpointing && is_training() && torch::GradMode::is_enabled();
    for (const auto& layer : *conv_layers)
        x = recompute ? checkpointed([layer = layer.get()](const Tensors& in) { return layer->forward(in[0]); }, {x}, layer->parameters())
                      : layer->forward(x);
    return x;
}

} // namespace earmark::neural
