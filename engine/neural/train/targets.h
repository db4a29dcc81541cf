// What the rows of a set are to become: a label each, or a text. Thread: the executor's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.h"
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
    std::vector<std::vector<std::int64_t>> texts; ///< a recogniser's, by row

    std::size_t size() const { return labels.size() + texts.size(); }
    /// Of a classifier; empty otherwise.
    std::vector<std::int64_t> labelsOf(const std::vector<BatchItem>& items) const;
    /// What the network gets, int64 on the CPU: (items), or (items, longest) with −100 after the end of each text.
    torch::Tensor of(const std::vector<BatchItem>& items) const;
};

/// Each clip's first label as an id of `names`, which has it.
Targets labelTargets(const ClipStore& clips, const std::vector<std::string>& names);

/// Each clip's transcript. Without `zeroInfinity`, rows are left out whose text needs more frames than the network gives: their loss is infinite.
/// Errors: those of CtcTokenizer::encode.
Result<Targets> textTargets(ClipStore& clips, const CtcTokenizer& tokenizer, const Model& model, const FeatureExtractor& extractor, bool zeroInfinity);

/// Of the rows and what they are to become, so that a run goes on with the same; "" without clips.
std::string fingerprint(const ClipStore* clips, const Targets& targets);

} // namespace earmark::neural
