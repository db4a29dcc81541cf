#include "engine/neural/models/wav2vec2_conformer/conformer_attention.h"

namespace earmark::neural
{

torch::Tensor relativePositions(const torch::Tensor& hidden)
{
    const std::int64_t frames = hidden.size(1), size = hidden.size(2);
    const torch::Tensor distance = torch::arange(frames - 1, -frames, -1, torch::kFloat32).unsqueeze(1);
    const torch::Tensor step = (torch::arange(0, size, 2, torch::kFloat32) * -(std::log(10000.0) / static_cast<double>(size))).exp();
    const torch::Tensor angle = distance * step;
    return torch::stack({angle.sin(), angle.cos()}, -1).flatten(1).unsqueeze(0).to(hidden.options());
}

RotaryPositions::RotaryPositions(const SpeechConfig& config)
{
    const std::int64_t size = config.hidden_size / config.num_attention_heads;
    inv_freq = declareBuffer("inv_freq", {size / 2}, [size, base = config.conformer.rotary_embedding_base](torch::Tensor& made, at::Generator&) {
        const torch::Tensor exponent = torch::arange(0, size, 2, torch::kLong).to(torch::kFloat32) / static_cast<double>(size);
        made.copy_(1.0 / torch::pow(base, exponent));
    });
}

torch::Tensor RotaryPositions::forward(const torch::Tensor& hidden) const
{
    const torch::Tensor time = torch::arange(hidden.size(1), inv_freq.options());
    const torch::Tensor angle = (time.unsqueeze(1) * inv_freq).repeat({1, 2}).unsqueeze(1);
    return torch::stack({angle.cos(), angle.sin()}).to(hidden.options());
}

ConformerAttention::ConformerAttention(const SpeechConfig& config)
    : config_(config), heads_(config.num_attention_heads), size_(config.hidden_size / config.num_attention_heads)
{
    const auto linear = [&](bool withBias = true) { return linearLayer(config, config.hidden_size, config.hidden_size, withBias); };
    linear_q = register_module("linear_q", linear());
    linear_k = register_module("linear_k", linear());
    linear_v = register_module("linear_v", linear());
    linear_out = register_module("linear_out", linear());
    if (config.conformer.positions != ConformerConfig::Positions::relative)
        return;
    linear_pos = register_module("linear_pos", linear(false));
    const double bound = std::sqrt(6.0 / static_cast<double>(heads_ + size_)); // xavier_uniform_
    pos_bias_u = declareParameter("pos_bias_u", {heads_, size_}, fill::uniform(-bound, bound));
    pos_bias_v = declareParameter("pos_bias_v", {heads_, size_}, fill::uniform(-bound, bound));
}

/// Each head's pairs (i, i + half of its size) turned by their frame's angles.
torch::Tensor ConformerAttention::rotated(const torch::Tensor& hidden, const torch::Tensor& positions) const
{
    const torch::Tensor heads = hidden.unflatten(-1, {heads_, size_});
    const auto halves = heads.chunk(2, -1);
    return (heads * positions[0] + at::cat({-halves[1], halves[0]}, -1) * positions[1]).flatten(2);
}

/// Of queries (batch, frames, heads, size) with each distance, laid out by query and key, as a bias on scaled scores.
torch::Tensor ConformerAttention::relativeScores(const torch::Tensor& q, const torch::Tensor& positions) const
{
    const torch::Tensor keys = linear_pos->forward(positions).unflatten(-1, {heads_, size_}).permute({0, 2, 3, 1});
    const torch::Tensor scores = at::matmul((q + pos_bias_v).transpose(1, 2), keys);
    const std::int64_t batch = scores.size(0), frames = scores.size(2);
    // One column in front shifts each row by one against the row above once the rows are read as columns.
    const torch::Tensor shifted = at::constant_pad_nd(scores, {1, 0}).view({batch, heads_, 2 * frames, frames}).slice(2, 1);
    return shifted.reshape({batch, heads_, frames, 2 * frames - 1}).slice(3, 0, frames) / std::sqrt(static_cast<double>(size_));
}

Attended ConformerAttention::forward(const torch::Tensor& hidden, const LayerCall& call)
{
    const bool rotary = config_.conformer.positions == ConformerConfig::Positions::rotary;
    const torch::Tensor turned = rotary ? rotated(hidden, call.positions) : hidden;
    torch::Tensor q = linear_q->forward(turned).unflatten(-1, {heads_, size_});
    const torch::Tensor k = linear_k->forward(turned).unflatten(-1, {heads_, size_}).transpose(1, 2);
    const torch::Tensor v = linear_v->forward(hidden).unflatten(-1, {heads_, size_}).transpose(1, 2);
    torch::Tensor mask = call.mask;
    if (linear_pos) {
        const torch::Tensor bias = relativeScores(q, call.positions);
        mask = mask.defined() ? bias + mask : bias;
        q = q + pos_bias_u;
    }
    const double dropout = is_training() ? config_.attention_dropout : 0;
    Attended result = attend(q.transpose(1, 2), k, v, mask, {.eager = call.eager, .dropout = dropout});
    result.context = linear_out->forward(result.context);
    return result;
}

} // namespace earmark::neural
