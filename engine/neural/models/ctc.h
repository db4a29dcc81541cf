// What every "…ForCTC" does with its scores: the loss of connectionist temporal classification (Graves, Fernández, Gomez and Schmidhuber, ICML 2006)
// over all ways to spread a text on the frames. The blank is config.json's pad_token_id. As in transformers 4.57.6.
#pragma once

#include "engine/neural/device/torch.h"
#include "engine/neural/models/ctc_config.h"

namespace earmark::neural
{

/// `logits` (batch, frames, vocab_size); `labels` (batch, characters) int64, filled up with −100; `frames` (batch) int64 on the CPU or the logits'
/// device: how many of each clip count. Throws Failure (train.bad_labels) for an id that the vocabulary lacks.
torch::Tensor ctcLoss(const torch::Tensor& logits, const torch::Tensor& labels, const torch::Tensor& frames, const CtcConfig& config);

} // namespace earmark::neural
