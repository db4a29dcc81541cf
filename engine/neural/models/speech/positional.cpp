#include "engine/neural/models/speech/positional.h"

#include "engine/neural/models/batch_norm.h"
#include "engine/neural/models/speech/spectral_convolution.h"

namespace earmark::neural
{

torch::Tensor convolveSame(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias, const Convolution::Shape& shape)
{
    const torch::Tensor y = at::conv1d(x, weight, bias, shape.stride, shape.padding, 1, shape.groups);
    return shape.kernel % 2 == 0 ? y.slice(2, 0, -1) : y;
}

namespace
{

Convolution::Shape shapeOf(const SpeechConfig& config)
{
    return {.in = config.hidden_size, .out = config.hidden_size, .kernel = config.num_conv_pos_embeddings,
            .stride = config.squeeze_factor.value_or(1), .padding = config.num_conv_pos_embeddings / 2,
            .groups = config.num_conv_pos_embedding_groups};
}

double deviation(const Convolution::Shape& shape)
{
    return 2 * std::sqrt(1.0 / static_cast<double>(shape.kernel * shape.in));
}

/// conv.parametrizations.weight: original0 is the length g (1, 1, kernel), original1 the direction v (out, in / groups, kernel).
class WeightNorm : public Layer
{
public:
    explicit WeightNorm(const Convolution::Shape& shape)
    {
        original0 = declareParameter("original0", {1, 1, shape.kernel}, [this](torch::Tensor& g, at::Generator&) { g.copy_(lengths()); });
        original1 = declareParameter("original1", {shape.out, shape.in / shape.groups, shape.kernel},
                                     [this, random = fill::normal(deviation(shape))](torch::Tensor& v, at::Generator& generator) {
                                         random(v, generator);
                                         original0.copy_(lengths());
                                     });
    }

    torch::Tensor weight() const { return at::_weight_norm(original1, original0, 2); }

    torch::Tensor original0, original1;

private:
    torch::Tensor lengths() const { return original1.norm(2, at::IntArrayRef{0, 1}, true); }
};

/// conv: bias, then what weight norm makes of the weight.
class NormedConvolution : public Layer
{
public:
    explicit NormedConvolution(const Convolution::Shape& shape) : shape_(shape), spectral_(shape.out, shape.groups, shape.kernel)
    {
        bias = declareParameter("bias", {shape.out}, fill::constant(0));
        auto holder = register_module("parametrizations", std::make_shared<torch::nn::Module>());
        norm = holder->register_module("weight", std::make_shared<WeightNorm>(shape));
    }

    /// (batch, frames, channels) -> the same
    torch::Tensor forward(const torch::Tensor& x) const
    {
        const std::int64_t frames = x.size(0) * x.size(1);
        if (shape_.stride == 1 && canUseWindows(x) && spectral_.pays(frames, spectra_.defined()))
            return spectral_.forward(x, spectra_.defined() ? spectra_ : spectral_.spectra(norm->weight()), bias);
        return convolveSame(x.transpose(1, 2), folded_.defined() ? folded_ : norm->weight(), bias, shape_).transpose(1, 2);
    }

    void prepareForInference()
    {
        const torch::NoGradGuard noGrad;
        folded_ = norm->weight();
        if (shape_.stride == 1 && canUseWindows(folded_) && spectral_.pays(std::numeric_limits<std::int64_t>::max(), true))
            spectra_ = spectral_.spectra(folded_);
    }

private:
    const Convolution::Shape shape_;
    const SpectralConvolution spectral_;
    torch::Tensor bias;
    std::shared_ptr<WeightNorm> norm;
    torch::Tensor folded_, spectra_; ///< once nothing trains the weight any more
};

class WeightNormedPositional final : public PositionalEmbedding
{
public:
    explicit WeightNormedPositional(const SpeechConfig& config) : activation_(config.feat_extract_activation)
    {
        conv = register_module("conv", std::make_shared<NormedConvolution>(shapeOf(config)));
    }

    torch::Tensor forward(const torch::Tensor& hidden) override { return activation_(conv->forward(hidden)); }
    void prepareForInference() override { conv->prepareForInference(); }

private:
    Activation activation_;
    std::shared_ptr<NormedConvolution> conv;
};

class BatchNormedPositional final : public PositionalEmbedding
{
public:
    explicit BatchNormedPositional(const SpeechConfig& config) : activation_(config.feat_extract_activation)
    {
        const Convolution::Shape shape = shapeOf(config);
        conv = register_module("conv", std::make_shared<Convolution>(shape, fill::kaimingNormal(), fill::constant(0)));
        batch_norm = register_module("batch_norm", std::make_shared<BatchNorm>(config.hidden_size));
    }

    torch::Tensor forward(const torch::Tensor& hidden) override
    {
        const torch::Tensor x = batch_norm->forward(hidden.transpose(1, 2));
        return activation_(convolveSame(x, conv->weight, conv->bias, conv->shape)).transpose(1, 2);
    }

private:
    Activation activation_;
    std::shared_ptr<Convolution> conv;
    std::shared_ptr<BatchNorm> batch_norm;
};

} // namespace

std::shared_ptr<PositionalEmbedding> groupedPositionalConvolution(const SpeechConfig& config)
{
    if (config.conv_pos_batch_norm)
        return std::make_shared<BatchNormedPositional>(config);
    return std::make_shared<WeightNormedPositional>(config);
}

} // namespace earmark::neural
