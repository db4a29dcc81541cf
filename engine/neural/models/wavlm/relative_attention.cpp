#include "engine/neural/models/wavlm/relative_attention.h"

namespace earmark::neural
{

namespace
{

/// The bucket of each distance key − query: half of them for keys ahead; in each half one for every distance at first, then on a logarithmic
/// scale. In float32, as upstream: a logarithm that is a bit off is another bucket.
torch::Tensor bucketsOf(std::int64_t frames, std::int64_t buckets, std::int64_t maxDistance)
{
    const std::int64_t half = buckets / 2, exact = half / 2;
    const torch::Tensor position = torch::arange(frames, torch::kLong);
    const torch::Tensor relative = position.unsqueeze(0) - position.unsqueeze(1);
    const torch::Tensor distance = relative.abs();
    torch::Tensor far = torch::log(distance.to(torch::kFloat32) / static_cast<double>(exact));
    far = far / std::log(static_cast<double>(maxDistance) / static_cast<double>(exact)) * (half - exact) + exact;
    return (relative > 0).to(torch::kLong) * half + at::where(distance < exact, distance, far.to(torch::kLong).clamp_max(half - 1));
}

} // namespace

GatedRelativeAttention::GatedRelativeAttention(const SpeechConfig& config, bool first)
    : MultiHeadAttention(config), buckets_(config.num_buckets), maxDistance_(config.max_bucket_distance)
{
    const std::int64_t heads = config.num_attention_heads;
    gru_rel_pos_const = declareParameter("gru_rel_pos_const", {1, heads, 1, 1}, fill::constant(1));
    gru_rel_pos_linear = register_module("gru_rel_pos_linear", linearLayer(config, config.hidden_size / heads, 8));
    if (first)
        rel_attn_embed = register_module("rel_attn_embed", std::make_shared<Embedding>(buckets_, heads, fill::normal(1)));
}

torch::Tensor GatedRelativeAttention::positions(std::int64_t frames) const
{
    const torch::Tensor buckets = bucketsOf(frames, buckets_, maxDistance_).to(rel_attn_embed->weight.device());
    return rel_attn_embed->forward(buckets).permute({2, 0, 1}).unsqueeze(0);
}

/// (batch, heads, queries, 1)
torch::Tensor GatedRelativeAttention::gate(const torch::Tensor& hidden) const
{
    const torch::Tensor summed = gru_rel_pos_linear->forward(split(hidden)).unflatten(-1, {2, 4}).sum(-1);
    const auto gates = summed.sigmoid().chunk(2, -1);
    return gates[0] * (gates[1] * gru_rel_pos_const - 1) + 2;
}

Attended GatedRelativeAttention::forward(const torch::Tensor& hidden, const LayerCall& call)
{
    torch::Tensor bias = gate(hidden) * call.positions;
    if (call.mask.defined())
        bias = bias + call.mask;
    Attended result = attendWith(hidden, bias, call.eager);
    if (is_training()) // upstream has this as (frames, batch, channels) in memory, and dropout draws its mask in that order
        result.context = result.context.transpose(0, 1).contiguous().transpose(0, 1);
    if (result.weights.defined()) // upstream gives the mean over the heads, once for each of them
        result.weights = result.weights.mean(1, true).expand_as(result.weights);
    return result;
}

} // namespace earmark::neural
