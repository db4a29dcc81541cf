#include "engine/neural/models/speech/contrastive.h"

#include <limits>

#include "engine/neural/device/guarded.h"
#include "engine/neural/device/guards.h"

namespace earmark::neural
{

namespace
{

/// Of length 1, but for those of length 0.
torch::Tensor unit(const torch::Tensor& vectors)
{
    const torch::Tensor exact = vectors.to(torch::kFloat32);
    const torch::Tensor length = exact.norm(2, {-1}, true);
    return exact / torch::where(length < 1e-8, torch::full_like(length, 1e-8), length);
}

/// (batch, frames) numbers, the same for vectors that are equal.
torch::Tensor identities(const torch::Tensor& codes)
{
    const torch::Tensor rows = codes.detach().reshape({-1, codes.size(-1)});
    return std::get<1>(at::unique_dim(rows, 0, true, true)).view({codes.size(0), codes.size(1)});
}

/// Indices within the clip.
torch::Tensor withinClip(const torch::Tensor& negatives, std::int64_t batch, std::int64_t frames)
{
    const bool shaped = negatives.dim() == 3 && negatives.size(0) == batch && negatives.size(1) == frames && negatives.size(2) > 0;
    const torch::Tensor within = shaped ? negatives - torch::arange(batch, negatives.options()).view({-1, 1, 1}) * frames : torch::Tensor();
    if (!shaped || within.min().item<std::int64_t>() < 0 || within.max().item<std::int64_t>() >= frames)
        throw Failure("usage", "sampled_negative_indices must be of shape (files, frames, negatives) = (" + std::to_string(batch) + ", " + std::to_string(frames) +
                                   ", …), and point to frames of their own file: clip · frames + frame.");
    return within;
}

} // namespace

torch::Tensor drawNegatives(const torch::Tensor& masked, std::int64_t count, RandomStreams& streams)
{
    const std::int64_t rows = masked.size(0), frames = masked.size(1);
    torch::Tensor negatives = (torch::arange(rows, torch::kLong) * frames).view({-1, 1, 1}).repeat({1, frames, count});
    for (std::int64_t row = 0; row < rows; ++row) {
        const torch::Tensor places = masked[row].nonzero().flatten().contiguous();
        const std::int64_t others = places.numel() - 1; // of each
        if (others < 1)
            throw Failure("audio.too_short", "A clip of the batch has fewer than two masked frames, so that there is nothing to tell apart: it is too short. Leave it "
                                             "out, raise mask_time_prob or lower mask_time_length.");
        const std::int64_t* place = places.const_data_ptr<std::int64_t>();
        for (std::int64_t own = 0; own <= others; ++own) {
            std::int64_t* out = negatives.data_ptr<std::int64_t>() + (row * frames + place[own]) * count;
            for (std::int64_t i = 0; i < count; ++i) {
                const std::int64_t drawn = streams.numpyRandint(0, others);
                out[i] = row * frames + place[drawn + (drawn >= own)];
            }
        }
    }
    return negatives;
}

ContrastiveLoss contrastiveLoss(const torch::Tensor& states, const torch::Tensor& codes, const torch::Tensor& masked, const torch::Tensor& negatives,
                                double temperature)
{
    const AutocastOff exact(codes.device());
    const torch::Tensor within = withinClip(negatives.to(codes.device(), torch::kLong), codes.size(0), codes.size(1));
    // Every frame's state with every code of its clip is a small matrix; upstream multiplies each pair anew, and those of frames that do not count.
    const torch::Tensor similarity = unit(states).bmm(unit(codes).transpose(1, 2));
    const torch::Tensor own = similarity.diagonal(0, 1, 2).unsqueeze(-1);
    torch::Tensor logits = torch::cat({own, similarity.gather(2, within)}, -1).to(codes.scalar_type()) / temperature;
    const torch::Tensor identity = identities(codes);
    const torch::Tensor same = identity.unsqueeze(-1) == identity.unsqueeze(1).expand({-1, codes.size(1), -1}).gather(2, within);
    logits = logits.masked_fill(torch::cat({torch::zeros_like(own, torch::kBool), same}, -1), -std::numeric_limits<double>::infinity());

    const torch::Tensor rows = logits.flatten(0, 1).index_select(0, masked.flatten().nonzero().flatten()).to(torch::kFloat32);
    const torch::Tensor target = torch::zeros({rows.size(0)}, torch::dtype(torch::kLong).device(rows.device()));
    const torch::Tensor nearest = rows.argmax(-1) == 0, farthest = rows.argmin(-1) == 0;
    return {.sum = at::cross_entropy_loss(rows, target, {}, at::Reduction::Sum), .correct = nearest.logical_and(farthest.logical_not()).sum()};
}

} // namespace earmark::neural
