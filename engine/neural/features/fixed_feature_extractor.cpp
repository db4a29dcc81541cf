#include "engine/neural/features/fixed_feature_extractor.h"

namespace earmark::neural
{

FeatureBatch FixedFeatureExtractor::pad(std::span<const Features* const> items) const
{
    FeatureBatch batch;
    batch.input.shape = {static_cast<std::int64_t>(items.size())};
    if (items.empty())
        return batch;
    const std::vector<std::int64_t>& one = items.front()->shape;
    batch.input.shape.insert(batch.input.shape.end(), one.begin(), one.end());
    batch.input.values.reserve(items.size() * items.front()->values.size());
    for (const Features* const item : items)
        batch.input.values.insert(batch.input.values.end(), item->values.begin(), item->values.end());
    return batch;
}

} // namespace earmark::neural
