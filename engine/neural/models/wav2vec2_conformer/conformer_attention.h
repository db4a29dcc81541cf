// The conformer's attention and what it knows of positions: Transformer-XL's relative ones, rotary ones, or nothing.
#pragma once

#include "engine/neural/models/speech/speech_attention.h"

namespace earmark::neural
{

/// Sines and cosines of all distances query − key, the farthest behind first: (1, 2 · frames − 1, hidden), of the type of `hidden`.
torch::Tensor relativePositions(const torch::Tensor& hidden);

/// embed_positions of the rotary kind.
class RotaryPositions : public Layer
{
public:
    explicit RotaryPositions(const SpeechConfig& config);
    /// Cosines, then sines: (2, frames, 1, head size), of the type of `hidden`.
    torch::Tensor forward(const torch::Tensor& hidden) const;

private:
    torch::Tensor inv_freq;
};

/// self_attn
class ConformerAttention final : public SpeechAttention
{
public:
    explicit ConformerAttention(const SpeechConfig& config);
    Attended forward(const torch::Tensor& hidden, const LayerCall& call) override;

private:
    torch::Tensor rotated(const torch::Tensor& hidden, const torch::Tensor& positions) const;
    torch::Tensor relativeScores(const torch::Tensor& q, const torch::Tensor& positions) const;

    const SpeechConfig& config_;
    const std::int64_t heads_, size_;
    torch::Tensor pos_bias_u, pos_bias_v; ///< undefined but with relative positions, as linear_pos is null
    std::shared_ptr<Linear> linear_q, linear_k, linear_v, linear_out, linear_pos;
};

} // namespace earmark::neural
