// The convolutions between waveform and transformer. Layout inside and out is (batch, time, channel).
#pragma once

#include "engine/neural/models/parameters.h"
#include "engine/neural/models/speech/speech_config.h"
#include "engine/neural/models/speech/windowed_convolution.h"

namespace earmark::neural
{

/// A convolution's tensors: weight (out, in / groups, kernel), bias undefined where there is none.
class Convolution : public Layer
{
public:
    struct Shape {
        std::int64_t in, out, kernel, stride = 1, padding = 0, groups = 1;
        bool bias = true;
    };
    Convolution(const Shape& shape, Filler weightFiller, Filler biasFiller);
    /// (batch, in, time) -> (batch, out, frames)
    torch::Tensor forward(const torch::Tensor& x) const;

    const Shape shape;
    torch::Tensor weight, bias;
};

/// How a new convolution's bias is made: U(±√(groups / (in · kernel))), or zero in the families that zero it.
Filler convolutionBias(const SpeechConfig& config, std::int64_t fanIn);

class FrontEndLayer : public torch::nn::Module
{
public:
    enum class Norm { none, group, layer };
    FrontEndLayer(const SpeechConfig& config, std::size_t index);

    /// (batch, time, in) -> (batch, frames, out)
    torch::Tensor forward(const torch::Tensor& x) const;
    /// Torch's own operations, one after the other.
    torch::Tensor forwardPlain(const torch::Tensor& x) const;
    void prepareForInference() { packed_ = windowedWeight(conv->weight).detach(); }

    const Norm norm;
    const Activation activation;
    std::shared_ptr<Convolution> conv;
    std::shared_ptr<LayerNorm> layer_norm; ///< weights of the group norm too; null with Norm::none

private:
    torch::Tensor forwardWindowed(const torch::Tensor& x) const;

    torch::Tensor packed_; ///< the weight as the windows want it, once nothing trains it any more
};

/// feature_extractor
class FrontEnd : public torch::nn::Module
{
public:
    explicit FrontEnd(const SpeechConfig& config);

    /// (batch, samples) -> (batch, frames, conv_dim[-1])
    torch::Tensor forward(const torch::Tensor& samples) const;

    void prepareForInference();

    bool gradientCheckpointing = false;

private:
    std::shared_ptr<LayerList<FrontEndLayer>> conv_layers;
};

} // namespace earmark::neural
