// WavLM's attention: a bias for each distance in time, looked up once for all layers and gated by each layer's input.
#pragma once

#include "engine/neural/models/speech/speech_attention.h"

namespace earmark::neural
{

class GatedRelativeAttention final : public MultiHeadAttention
{
public:
    /// The first layer's holds the table of biases.
    GatedRelativeAttention(const SpeechConfig& config, bool first);

    /// (1, heads, queries, keys)
    torch::Tensor positions(std::int64_t frames) const override;
    Attended forward(const torch::Tensor& hidden, const LayerCall& call) override;

private:
    torch::Tensor gate(const torch::Tensor& hidden) const;

    const std::int64_t buckets_, maxDistance_;
    torch::Tensor gru_rel_pos_const;
    std::shared_ptr<Linear> gru_rel_pos_linear;
    std::shared_ptr<Embedding> rel_attn_embed; ///< null but in the first layer
};

} // namespace earmark::neural
