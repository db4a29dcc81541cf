// Self-attention of the wav2vec 2.0 trunk's layers; families whose attention differs derive their own.
#pragma once

#include "engine/neural/models/attention.h"
#include "engine/neural/models/parameters.h"
#include "engine/neural/models/speech/speech_config.h"

namespace earmark::neural
{

/// What a layer gets beside its hidden states, the same for all of them.
struct LayerCall {
    torch::Tensor mask;      ///< additive (see attend()); undefined where nothing is padded
    torch::Tensor valid;     ///< boolean (batch, frames), what `mask` is made of; undefined likewise
    torch::Tensor positions; ///< what the family's layers want to know of positions, maybe differentiable; undefined in most
    torch::Tensor distances; ///< sew-d: int64 (frames, frames)
    bool eager = false;
};

class SpeechAttention : public Layer
{
public:
    /// Computed by the first layer's attention and given to all.
    virtual torch::Tensor positions([[maybe_unused]] std::int64_t frames) const { return {}; }
    virtual Attended forward(const torch::Tensor& hidden, const LayerCall& call) = 0;
};

class MultiHeadAttention : public SpeechAttention
{
public:
    explicit MultiHeadAttention(const SpeechConfig& config);
    Attended forward(const torch::Tensor& hidden, const LayerCall& call) override { return attendWith(hidden, call.mask, call.eager); }

protected:
    Attended attendWith(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager);
    /// (batch, frames, hidden) -> (batch, heads, frames, size)
    torch::Tensor split(const torch::Tensor& x) const { return x.view({x.size(0), x.size(1), heads_, -1}).transpose(1, 2); }

private:
    std::int64_t heads_;
    double dropout_;
    std::shared_ptr<Linear> k_proj, v_proj, q_proj, out_proj;
};

/// Made anew as every linear layer of the transformer is.
std::shared_ptr<Linear> linearLayer(const SpeechConfig& config, std::int64_t in, std::int64_t out, bool withBias = true);

} // namespace earmark::neural
