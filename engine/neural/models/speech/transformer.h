// The encoder of wav2vec 2.0 and of most families: a positional convolution, then layers of attention and feed-forward.
#pragma once

#include "engine/neural/models/speech/encoder.h"

namespace earmark::neural
{

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
class TransformerLayer final : public SpeechLayer
{
public:
    TransformerLayer(const SpeechConfig& config, std::shared_ptr<SpeechAttention> attention);
    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const LayerCall& call) const override;
    torch::Tensor positions(std::int64_t frames) const { return attention->positions(frames); }

private:
    const SpeechConfig& config_;
    std::shared_ptr<SpeechAttention> attention;
    std::shared_ptr<LayerNorm> layer_norm, final_layer_norm;
    std::shared_ptr<SpeechFeedForward> feed_forward;
    std::shared_ptr<AttentionAdapter> adapter_layer; ///< null where there is none
};

class TransformerEncoder final : public SpeechEncoder
{
public:
    TransformerEncoder(const SpeechConfig& config, std::shared_ptr<PositionalEmbedding> positional,
                       const std::function<std::shared_ptr<SpeechAttention>(std::int64_t layer)>& makeAttention);

    /// The norm belongs to the embeddings with post layer norm, to the top with stable.
    void freezeEmbeddings() override;

protected:
    torch::Tensor embed(const torch::Tensor& hidden) const override;
    torch::Tensor top(const torch::Tensor& hidden) const override;
    void describe(LayerCall& call, const torch::Tensor& hidden) override;

private:
    std::shared_ptr<LayerNorm> layer_norm;
    std::shared_ptr<TransformerLayer> first_; ///< whose attention tells all layers of positions
};

/// SpeechPolicy::encoder of a family with its own positional embedding or attention.
using PositionalMaker = std::shared_ptr<PositionalEmbedding> (*)(const SpeechConfig&);
using AttentionMaker = std::shared_ptr<SpeechAttention> (*)(const SpeechConfig&, std::int64_t layer);
std::shared_ptr<SpeechAttention> multiHeadAttention(const SpeechConfig& config, std::int64_t layer);

template <PositionalMaker positional = groupedPositionalConvolution, AttentionMaker attention = multiHeadAttention>
std::shared_ptr<SpeechEncoder> transformerEncoder(const SpeechConfig& config)
{
    return std::make_shared<TransformerEncoder>(config, positional(config), [&config](std::int64_t layer) { return attention(config, layer); });
}

} // namespace earmark::neural
