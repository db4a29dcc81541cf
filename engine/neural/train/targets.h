// What the rows of a set are to become: a label each, several, numbers, or a text. Thread: the executor's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/compute/problem_type.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/infer/batch_loader.h"
#include "engine/neural/infer/clip_store.h"
#include "engine/neural/models/model.h"
#include "engine/text/ctc_tokenizer.h"

namespace earmark::neural
{

/// Frames that a text of ids needs: one a character, and one for the blank between two that are the same.
std::int64_t framesNeeded(const std::vector<std::int64_t>& text);

struct Targets {
    std::vector<std::int64_t> labels;             ///< a classifier's, by row
    std::vector<std::vector<float>> values;       ///< of several labels (0 or 1) or numbers, by row: one for each label of the network
    std::vector<std::vector<std::int64_t>> texts; ///< a recogniser's, by row

    std::size_t size() const { return labels.size() + values.size() + texts.size(); }
    /// Of a classifier of one label a clip; empty otherwise.
    std::vector<std::int64_t> labelsOf(const std::vector<BatchItem>& items) const;
    /// What the loss gets, on the CPU: int64 (items), float32 (items, labels), or int64 (items, longest) with −100 after the end of each text.
    torch::Tensor of(const std::vector<BatchItem>& items) const;
};

/// Of a classifier whose labels are `names`, which have all that the clips have: each clip's first label; 1 for each of its labels and 0 for the
/// others; or its numbers of these names, of which it lacks none.
Targets learntTargets(ProblemType problem, const ClipStore& clips, const std::vector<std::string>& names);

/// Each clip's transcript. Without `zeroInfinity`, rows are left out whose text needs more frames than the network gives: their loss is infinite.
/// Errors: those of CtcTokenizer::encode.
Result<Targets> textTargets(ClipStore& clips, const CtcTokenizer& tokenizer, const Model& model, const FeatureExtractor& extractor, bool zeroInfinity);

/// Of the rows and what they are to become, so that a run goes on with the same; "" without clips.
std::string fingerprint(const ClipStore* clips, const Targets& targets);

} // namespace earmark::neural
