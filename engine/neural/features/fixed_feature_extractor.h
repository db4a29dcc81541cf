// What extractors have in common that make one size of every clip: a batch is a stack, without padding and without a mask.
#pragma once

#include "engine/neural/features/feature_extractor.h"

namespace earmark::neural
{

class FixedFeatureExtractor : public FeatureExtractor
{
public:
    bool returnsAttentionMask() const override { return false; }
    FeatureBatch pad(std::span<const Features* const> items) const override;
    std::int64_t fewestSamples(std::int64_t) const override { return 1; }
    void setReturnAttentionMask(bool) override {}
};

} // namespace earmark::neural
