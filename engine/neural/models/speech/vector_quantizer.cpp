#include "engine/neural/models/speech/vector_quantizer.h"

#include "engine/neural/device/guards.h"

namespace earmark::neural
{

namespace
{

/// Of one choice a row of scores. Torch's global generator is drawn from as torch.nn.functional.gumbel_softmax(hard=True) draws.
torch::Tensor drawChoice(const torch::Tensor& scores, double temperature)
{
    const torch::Tensor noise = -torch::empty_like(scores).exponential_().log();
    const torch::Tensor soft = ((scores + noise) / temperature).softmax(-1);
    const torch::Tensor hard = torch::zeros_like(scores).scatter_(-1, std::get<1>(soft.max(-1, true)), 1.0);
    return hard - soft.detach() + soft; // 1 but for rounding, which upstream does not hide either
}

/// (frames, groups, vectors) -> one number
torch::Tensor perplexityOf(const torch::Tensor& shares, const torch::Tensor& masked)
{
    torch::Tensor mean;
    if (masked.defined())
        mean = shares.masked_fill(masked.flatten().logical_not().view({-1, 1, 1}), 0).sum(0) / masked.sum();
    else
        mean = shares.mean(0);
    return (-(mean * (mean + 1e-7).log()).sum(-1)).exp().sum();
}

} // namespace

VectorQuantizer::VectorQuantizer(const PretrainingConfig& config, std::int64_t in) : config_(config)
{
    codevectors = declareParameter("codevectors", {1, config.codes(), config.codevector_dim / config.num_codevector_groups}, fill::uniform(0, 1));
    weight_proj = register_module("weight_proj", std::make_shared<Linear>(in, config.codes(), fill::normal(1), fill::constant(0)));
}

/// (frames, groups, vectors), one of a row 1 and the others 0 -> (frames, codevector_dim)
torch::Tensor VectorQuantizer::lookUp(const torch::Tensor& chosen) const
{
    // As exact as upstream's product with every vector, in a fraction of the memory: all but one of each sum's terms are 0.
    const AutocastOff exact(chosen.device());
    const torch::Tensor book = codevectors.view({config_.num_codevector_groups, config_.num_codevectors_per_group, -1});
    return chosen.to(book.scalar_type()).transpose(0, 1).bmm(book).transpose(0, 1).reshape({chosen.size(0), -1});
}

VectorQuantizer::Result VectorQuantizer::forward(const torch::Tensor& features, const torch::Tensor& masked) const
{
    const std::int64_t frames = features.size(0) * features.size(1), groups = config_.num_codevector_groups, vectors = config_.num_codevectors_per_group;
    const torch::Tensor scores = weight_proj->forward(features).view({frames * groups, vectors});
    torch::Tensor chosen, shares;
    if (is_training()) {
        const torch::Tensor exact = scores.to(torch::kFloat32);
        chosen = drawChoice(exact, temperature).to(scores.scalar_type());
        shares = exact.softmax(-1);
    } else {
        chosen = torch::zeros_like(scores).scatter_(-1, scores.argmax(-1, true), 1.0);
        shares = chosen;
    }
    return {.codes = lookUp(chosen.view({frames, groups, vectors})).view({features.size(0), features.size(1), -1}),
            .perplexity = perplexityOf(shares.view({frames, groups, vectors}), masked)};
}

} // namespace earmark::neural
