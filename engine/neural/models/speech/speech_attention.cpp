#include "engine/neural/models/speech/speech_attention.h"

namespace earmark::neural
{

std::shared_ptr<Linear> linearLayer(const SpeechConfig& config, std::int64_t in, std::int64_t out, bool withBias)
{
    return std::make_shared<Linear>(in, out, fill::normal(config.initializer_range), fill::constant(0), withBias);
}

MultiHeadAttention::MultiHeadAttention(const SpeechConfig& config) : heads_(config.num_attention_heads), dropout_(config.attention_dropout)
{
    const std::int64_t size = config.hidden_size;
    k_proj = register_module("k_proj", linearLayer(config, size, size));
    v_proj = register_module("v_proj", linearLayer(config, size, size));
    q_proj = register_module("q_proj", linearLayer(config, size, size));
    out_proj = register_module("out_proj", linearLayer(config, size, size));
}

Attended MultiHeadAttention::attendWith(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager)
{
    Attended result = attend(split(q_proj->forward(hidden)), split(k_proj->forward(hidden)), split(v_proj->forward(hidden)), mask,
                             {.eager = eager, .dropout = is_training() ? dropout_ : 0});
    result.context = out_proj->forward(result.context);
    return result;
}

} // namespace earmark::neural
