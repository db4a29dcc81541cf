// Where a frame is, added to what it holds: a convolution over time, as wide as half a second or more.
#pragma once

#include "engine/neural/models/speech/front_end.h"

namespace earmark::neural
{

/// pos_conv_embed; families differ in how it is built.
class PositionalEmbedding : public torch::nn::Module
{
public:
    /// (batch, frames, hidden) -> what is to be added to it, of the same shape; with `squeeze_factor` for every so many frames.
    virtual torch::Tensor forward(const torch::Tensor& hidden) = 0;
    virtual void prepareForInference() {}
};

/// (batch, channels, frames), convolved with a kernel centred on each frame (or each `stride`-th); an even one looks one further back than ahead.
torch::Tensor convolveSame(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias, const Convolution::Shape& shape);

/// wav2vec2, hubert and most others: a grouped convolution with weight norm over its kernel positions.
/// With `conv_pos_batch_norm` (some hubert models): batch norm, then the same convolution without weight norm.
std::shared_ptr<PositionalEmbedding> groupedPositionalConvolution(const SpeechConfig& config);

} // namespace earmark::neural
