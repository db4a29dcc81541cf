// What an epoch reads: the order of its rows, their crops and the seeds of their masks, drawn all at once before its first batch, from the streams
// and in the order that upstream draws from. Thread: the executor's.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/neural/infer/batch_loader.h"
#include "engine/neural/models/random_streams.h"
#include "engine/neural/train/settings.h"

namespace earmark::neural
{

using Batches = std::vector<std::vector<BatchItem>>;

/// Batches of training epoch `epoch` for process `rank` of `worldSize`.
Batches planEpoch(const std::vector<ClipRow>& rows, const TrainingSettings& settings, std::int64_t epoch, RandomStreams& streams, int rank = 0,
                  int worldSize = 1);

/// Batches of an evaluation within training: in order, or grouped by length where the training is.
Batches planEvaluation(const std::vector<ClipRow>& rows, const TrainingSettings& settings, RandomStreams& streams);

} // namespace earmark::neural
