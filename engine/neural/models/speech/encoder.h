// The transformer of the wav2vec 2.0 trunk.
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

class SpeechFeedForward : public torch::nn::Module
{
public:
    explicit SpeechFeedForward(const SpeechConfig& config);
    torch::Tensor forward(const torch::Tensor& hidden) const;

private:
    const SpeechConfig& config_;
    std::shared_ptr<Linear> intermediate_dense, output_dense;
};

/// adapter_layer of multilingual models (MMS).
class AttentionAdapter : public torch::nn::Module
{
public:
    explicit AttentionAdapter(const SpeechConfig& config);
    torch::Tensor forward(const torch::Tensor& hidden) const;

private:
    std::shared_ptr<LayerNorm> norm;
    std::shared_ptr<Linear> linear_1, linear_2;
};

/// Norms after each half ("post"), or before it with an optional adapter at the end ("stable").
class SpeechEncoderLayer : public torch::nn::Module
{
public:
    SpeechEncoderLayer(const SpeechConfig& config, std::shared_ptr<SpeechAttention> attention);
    /// The new hidden states and, with `eager`, the attention weights.
    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const LayerCall& call) const;
    torch::Tensor positions(std::int64_t frames) const { return attention->positions(frames); }

private:
    const SpeechConfig& config_;
    std::shared_ptr<SpeechAttention> attention;
    std::shared_ptr<LayerNorm> layer_norm, final_layer_norm;
    std::shared_ptr<SpeechFeedForward> feed_forward;
    std::shared_ptr<AttentionAdapter> adapter_layer; ///< null where there is none
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
    /// `config` must outlive the encoder.
    SpeechEncoder(const SpeechConfig& config, std::shared_ptr<PositionalEmbedding> positional,
                  const std::function<std::shared_ptr<SpeechAttention>(std::int64_t layer)>& makeAttention);

    EncoderResult forward(torch::Tensor hidden, const EncoderCall& call);

    const std::shared_ptr<PositionalEmbedding>& positional() const { return pos_conv_embed; }
    LayerList<SpeechEncoderLayer>& layerList() const { return *layers; }
    /// The norm belongs to the embeddings with post layer norm, to the top with stable.
    void freezeEmbeddingNorm();

    bool gradientCheckpointing = false;

private:
    torch::Tensor embed(const torch::Tensor& hidden, const torch::Tensor& valid);

    const SpeechConfig& config_;
    std::shared_ptr<PositionalEmbedding> pos_conv_embed;
    std::shared_ptr<LayerNorm> layer_norm;
    std::shared_ptr<LayerList<SpeechEncoderLayer>> layers;
    std::shared_ptr<Upsampling> upsample; ///< null without squeeze_factor
};

} // namespace earmark::neural
