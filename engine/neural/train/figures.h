// What an evaluation within training counts while its batches pass. Thread: the executor's.
#pragma once

#include <memory>
#include <vector>

#include "engine/neural/infer/batch_loader.h"
#include "engine/neural/train/targets.h"
#include "engine/neural/train/trainer_state.h"

namespace earmark::neural
{

class Figures
{
public:
    virtual ~Figures() = default;
    /// `logits`: float32, a row an item.
    virtual void add(const std::vector<BatchItem>& items, const torch::Tensor& logits) = 0;
    virtual Metrics metrics() const = 0;
};

/// eval_accuracy, eval_macro_f1, eval_weighted_f1; a clip in several windows has the mean of their probabilities. What is given must outlive them.
std::unique_ptr<Figures> classificationFigures(const ClipStore& clips, const std::vector<std::int64_t>& labels, const std::vector<std::string>& names);

/// eval_wer, eval_cer, of every frame of the padded batch, as the recognition example of transformers counts them.
std::unique_ptr<Figures> recognitionFigures(const std::vector<std::vector<std::int64_t>>& texts, const CtcTokenizer& tokenizer);

} // namespace earmark::neural
