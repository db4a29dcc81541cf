// What an evaluation within training counts while its batches pass. Thread: the executor's.
#pragma once

#include <memory>
#include <vector>

#include "engine/compute/problem_type.h"
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

/// Of a classifier: what is counted depends on what it learns. A clip in several windows has the mean of their probabilities, or of their numbers.
/// One label a clip: eval_accuracy, eval_macro_f1, eval_weighted_f1. Several: eval_accuracy (of clips that are right in every label), eval_micro_f1,
/// eval_macro_f1, eval_map (engine/eval/multi_label.h). Numbers: eval_mse, eval_mae, eval_r2, eval_pearson (engine/eval/regression.h); what is not
/// defined is NaN. What is given must outlive them.
std::unique_ptr<Figures> classificationFigures(ProblemType problem, const ClipStore& clips, const Targets& targets, const std::vector<std::string>& names);

/// eval_wer, eval_cer, of every frame of the padded batch, as the recognition example of transformers counts them.
std::unique_ptr<Figures> recognitionFigures(const std::vector<std::vector<std::int64_t>>& texts, const CtcTokenizer& tokenizer);

} // namespace earmark::neural
