// SpecAugment on hidden states, drawn as transformers' _compute_mask_indices draws it (NumPy's global generator).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/neural/device/torch.h"
#include "engine/neural/models/random_streams.h"

namespace earmark::neural
{

struct SpanMaskOptions {
    double probability = 0;      ///< share of the axis to be covered, before overlaps
    std::int64_t spanLength = 1;
    std::int64_t fewestSpans = 0;
};

/// Boolean (rows, length). `lengths`: valid part of each row, empty for the whole. Throws Failure (train.bad_labels) where a span is
/// longer than the axis, as upstream raises.
torch::Tensor drawSpanMask(std::int64_t rows, std::int64_t length, std::span<const std::int64_t> lengths,
                           const SpanMaskOptions& options, RandomStreams& streams);

/// False where drawing may leave a row of `valid` positions with fewer than two masked ones.
bool masksTwo(std::int64_t valid, const SpanMaskOptions& options);

} // namespace earmark::neural
