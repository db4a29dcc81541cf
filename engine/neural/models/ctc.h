// What every "…ForCTC" does with its scores: the loss of connectionist temporal classification (Graves, Fernández, Gomez and Schmidhuber, ICML 2006)
// over all ways to spread a text on the frames. The blank is config.json's pad_token_id. As in transformers 4.57.6.
#pragma once

#include <string>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/device/torch.h"

namespace earmark::neural
{

struct CtcConfig {
    std::int64_t vocab_size = 32;  ///< 0 where the class has no default and the file no value
    std::int64_t pad_token_id = 0; ///< the blank; −1 for null
    bool sumsLosses = true;        ///< ctc_loss_reduction "sum", else "mean": each loss by its text's length, then over the batch
    bool ctc_zero_infinity = false;
    double final_dropout = 0.1;
};

void readCtcConfig(ConfigReader& read, CtcConfig& config);

/// Whether a head can be built of it. Error: model.bad_config; `path` names config.json.
Result<void> checkCtcConfig(const CtcConfig& config, const std::string& path);

/// `logits` (batch, frames, vocab_size); `labels` (batch, characters) int64, filled up with −100; `frames` (batch) int64 on the CPU or the logits'
/// device: how many of each clip count. Throws Failure (train.bad_labels) for an id that the vocabulary lacks.
torch::Tensor ctcLoss(const torch::Tensor& logits, const torch::Tensor& labels, const torch::Tensor& frames, const CtcConfig& config);

} // namespace earmark::neural
