// What the encoders between feature projection and head have in common: the way through their layers.
#pragma once

#include <vector>

#include "engine/neural/models/speech/positional.h"
#include "engine/neural/models/speech/speech_attention.h"

namespace earmark::neural
{

/// What one forward pass asks of the encoder.
struct EncoderCall {
    torch::Tensor valid;       ///< boolean (batch, frames); undefined where nothing is padded
    bool hiddenStates = false;
    bool attentions = false;
    bool eager = false;
    bool drawsLayerDrop = false; ///< one number from torch's global CPU generator a layer, in evaluation too, as upstream
};

struct EncoderResult {
    torch::Tensor hidden;                    ///< (batch, frames, hidden_size)
    std::vector<torch::Tensor> hiddenStates; ///< the layers' inputs, then the result
    std::vector<torch::Tensor> attentions;   ///< a skipped layer's is undefined
};

class SpeechLayer : public Layer
{
public:
    /// The new hidden states and, with `eager`, the attention weights.
    virtual std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const LayerCall& call) const = 0;
};

/// upsample: as many frames again as were squeezed into one.
class Upsampling : public torch::nn::Module
{
public:
    explicit Upsampling(const SpeechConfig& config);
    /// (batch, squeezed frames, hidden) -> (batch, `frames`, hidden); zeros where the squeezing left frames over.
    torch::Tensor forward(const torch::Tensor& hidden, std::int64_t frames) const;

private:
    const SpeechConfig& config_;
    std::shared_ptr<Linear> projection;
};

/// Of valid frames, those that are valid after squeezing.
torch::Tensor squeezedMask(const torch::Tensor& valid, std::int64_t factor);

class SpeechEncoder : public torch::nn::Module
{
public:
    EncoderResult forward(torch::Tensor hidden, const EncoderCall& call);

    LayerList<SpeechLayer>& layerList() const { return *layers; }
    /// All between feature projection and the first layer.
    virtual void freezeEmbeddings();
    void prepareForInference() { pos_conv_embed->prepareForInference(); }

    bool gradientCheckpointing = false;

protected:
    /// `config` must outlive the encoder. Who derives registers the modules here, in upstream's order.
    explicit SpeechEncoder(const SpeechConfig& config) : config_(config), layers(std::make_shared<LayerList<SpeechLayer>>()) {}

    /// Projected features, padded frames silenced -> the first layer's input.
    virtual torch::Tensor embed(const torch::Tensor& hidden) const = 0;
    /// Between the last layer and the last of the hidden states.
    virtual torch::Tensor top(const torch::Tensor& hidden) const { return hidden; }
    /// What the layers are told beside mask and `eager`. `hidden`: the first layer's input.
    virtual void describe(LayerCall&, [[maybe_unused]] const torch::Tensor& hidden) {}

    /// Plus the positional convolution; squeezed where there is a squeeze_factor.
    torch::Tensor withPositions(const torch::Tensor& hidden) const;

    const SpeechConfig& config_;
    std::shared_ptr<PositionalEmbedding> pos_conv_embed;
    std::shared_ptr<LayerList<SpeechLayer>> layers;
    std::shared_ptr<Upsampling> upsample; ///< null without squeeze_factor
};

} // namespace earmark::neural
