// Telling a masked frame's own code from those of other masked frames of its clip, as wav2vec 2.0 learns (Baevski, Zhou, Mohamed and Auli 2020, 3.2).
#pragma once

#include "engine/neural/device/torch.h"
#include "engine/neural/models/random_streams.h"

namespace earmark::neural
{

/// transformers' _sample_negative_indices: for each masked frame `count` others of its clip that are masked, out of NumPy's global generator, as indices
/// into batch · frames; for the other frames the first of their clip. `masked`: boolean (batch, frames), on the CPU. int64 (batch, frames, count).
/// Throws Failure (audio.too_short) where a clip has fewer than two masked frames: upstream fails as well.
torch::Tensor drawNegatives(const torch::Tensor& masked, std::int64_t count, RandomStreams& streams);

struct ContrastiveLoss {
    torch::Tensor sum;     ///< over the masked frames: cross entropy of cosine similarities / temperature
    torch::Tensor correct; ///< masked frames that are nearest to their own code, as fairseq counts them
};

/// `states` and `codes`: (batch, frames, width); `masked`: boolean (batch, frames). A negative that equals the frame's own code does not count. Throws Failure
/// (usage) for negatives of other shape, or of another clip.
ContrastiveLoss contrastiveLoss(const torch::Tensor& states, const torch::Tensor& codes, const torch::Tensor& masked, const torch::Tensor& negatives,
                                double temperature);

} // namespace earmark::neural
