// Batches of a prepared set, decoded, extracted and padded ahead of the computing thread. Thread: as ReadAhead.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/infer/clip_store.h"
#include "engine/neural/infer/read_ahead.h"

namespace earmark::neural
{

struct BatchItem {
    std::size_t row = 0;     ///< of the store
    std::int64_t offset = 0; ///< of its crop
    std::uint64_t seed = 0;  ///< of its augmentation
};

/// What a batch holds before it becomes tensors. Items that could not be read any more are missing; `errors` says why.
struct LoadedBatch {
    FeatureBatch features;
    std::vector<BatchItem> items;
    std::vector<Error> errors;
};

/// Changes one item's features (a copy) before padding: masks on a log-mel spectrogram.
using Augmentation = std::function<void(Features&, std::uint64_t seed)>;

class BatchLoader
{
public:
    /// `store` and `extractor` must outlive the loader. At most `ahead` batches wait to be taken.
    BatchLoader(const ClipStore& store, const FeatureExtractor& extractor, std::vector<std::vector<BatchItem>> batches, int threads, std::size_t ahead,
                Augmentation augmentation = {});

    LoadedBatch next() { return reader_.next(); }

private:
    LoadedBatch load(const std::vector<BatchItem>& items) const;

    const ClipStore& store_;
    const FeatureExtractor& extractor_;
    const std::vector<std::vector<BatchItem>> batches_;
    const Augmentation augmentation_;
    ReadAhead<LoadedBatch> reader_; ///< last: its threads use all of the above
};

} // namespace earmark::neural
