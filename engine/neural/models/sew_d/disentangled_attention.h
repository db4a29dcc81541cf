// DeBERTa-v2's attention: content to content, content to distance, distance to content.
#pragma once

#include "engine/neural/models/speech/speech_attention.h"

namespace earmark::neural
{

/// query − key as a row of the table knows it: int64 (frames, frames), one for each distance near by, logarithmic beyond.
torch::Tensor bucketedDistances(std::int64_t frames, const DebertaConfig& config);

/// attention.self
class DisentangledAttention final : public SpeechAttention
{
public:
    explicit DisentangledAttention(const SpeechConfig& config);
    Attended forward(const torch::Tensor& hidden, const LayerCall& call) override;

private:
    torch::Tensor split(const torch::Tensor& x) const { return x.unflatten(-1, {config_.num_attention_heads, -1}).transpose(1, 2); }
    torch::Tensor distanceScores(const torch::Tensor& q, const torch::Tensor& k, const LayerCall& call) const;

    const SpeechConfig& config_;
    std::shared_ptr<Linear> query_proj, key_proj, value_proj;
    std::shared_ptr<Linear> pos_key_proj, pos_query_proj; ///< null where distances share the projections of content
};

} // namespace earmark::neural
