#include "engine/neural/models/sew_d/disentangled_attention.h"

namespace earmark::neural
{

torch::Tensor bucketedDistances(std::int64_t frames, const DebertaConfig& config)
{
    const torch::Tensor position = torch::arange(frames, torch::kLong);
    const torch::Tensor relative = position.unsqueeze(1) - position.unsqueeze(0);
    if (config.position_buckets < 1)
        return relative;
    // In float32, as upstream: a logarithm that is a bit off is another bucket.
    const std::int64_t middle = config.position_buckets / 2;
    const torch::Tensor distance = relative.abs();
    const torch::Tensor reach = torch::tensor(static_cast<double>(config.max_relative_positions - 1) / static_cast<double>(middle), torch::kFloat32).log();
    const torch::Tensor far = ((distance.to(torch::kFloat32) / static_cast<double>(middle)).log() / reach * (middle - 1)).ceil() + middle;
    return at::where(distance <= middle, relative, (far * relative.sign()).to(torch::kLong));
}

DisentangledAttention::DisentangledAttention(const SpeechConfig& config) : config_(config)
{
    const auto linear = [&] { return linearLayer(config, config.hidden_size, config.hidden_size); };
    query_proj = register_module("query_proj", linear());
    key_proj = register_module("key_proj", linear());
    value_proj = register_module("value_proj", linear());
    const DebertaConfig& deberta = config.deberta;
    if (deberta.share_att_key || !deberta.relative_attention)
        return;
    if (deberta.c2p)
        pos_key_proj = register_module("pos_key_proj", linear());
    if (deberta.p2c)
        pos_query_proj = register_module("pos_query_proj", linear());
}

torch::Tensor DisentangledAttention::distanceScores(const torch::Tensor& q, const torch::Tensor& k, const LayerCall& call) const
{
    const DebertaConfig& deberta = config_.deberta;
    const std::int64_t batch = q.size(0), heads = q.size(1), frames = q.size(2), last = 2 * deberta.span() - 1;
    const torch::Tensor table = at::dropout(call.positions, config_.activation_dropout, is_training()).unsqueeze(0);
    const auto pick = [&](const torch::Tensor& scores, const torch::Tensor& rows) {
        return scores.gather(-1, rows.clamp(0, last).expand({batch, heads, frames, frames}));
    };
    torch::Tensor scores;
    if (deberta.c2p) {
        const torch::Tensor keys = split((pos_key_proj ? pos_key_proj : key_proj)->forward(table));
        scores = pick(at::matmul(q, keys.transpose(-1, -2)), call.distances + deberta.span());
    }
    if (deberta.p2c) {
        const torch::Tensor queries = split((pos_query_proj ? pos_query_proj : query_proj)->forward(table));
        const torch::Tensor found = pick(at::matmul(k, queries.transpose(-1, -2)), deberta.span() - call.distances).transpose(-1, -2);
        scores = scores.defined() ? scores + found : found;
    }
    return scores;
}

Attended DisentangledAttention::forward(const torch::Tensor& hidden, const LayerCall& call)
{
    const torch::Tensor q = split(query_proj->forward(hidden)), k = split(key_proj->forward(hidden)), v = split(value_proj->forward(hidden));
    torch::Tensor scores = at::matmul(q, k.transpose(-1, -2));
    if (call.positions.defined())
        if (const torch::Tensor found = distanceScores(q, k, call); found.defined())
            scores = scores + found;
    const int terms = 1 + config_.deberta.c2p + config_.deberta.p2c; // counted even where there are no relative positions
    scores = scores / std::sqrt(static_cast<double>(q.size(3)) * terms);
    torch::Tensor padding;
    if (call.valid.defined()) { // pairs with a padded frame weigh nothing, so that a padded query's result is zero
        padding = (call.valid.unsqueeze(1) & call.valid.unsqueeze(2)).logical_not().unsqueeze(1);
        scores = scores.masked_fill(padding, lowestNumber(scores.scalar_type()));
    }
    torch::Tensor weights = at::softmax(scores, -1);
    if (padding.defined())
        weights = weights.masked_fill(padding, 0);
    weights = at::dropout(weights, config_.attention_dropout, is_training());
    return {.context = at::matmul(weights, v).transpose(1, 2).flatten(2), .weights = weights};
}

} // namespace earmark::neural
