// Wav2Vec2FeatureExtractor: the samples themselves, normalised. Used by every family with the wav2vec 2.0 front end.
#pragma once

#include "engine/neural/features/feature_extractor.h"

namespace earmark::neural
{

/// Keys and defaults of the class upstream.
struct Wav2Vec2FeatureOptions {
    int sampling_rate = 16000; ///< Hz
    double padding_value = 0;
    bool do_normalize = true;
    bool return_attention_mask = false;
};

class Wav2Vec2FeatureExtractor final : public FeatureExtractor
{
public:
    /// `keptJson`: the file it comes from; its other keys are written again.
    explicit Wav2Vec2FeatureExtractor(const Wav2Vec2FeatureOptions& options, std::string keptJson = "{}");

    int samplingRate() const override { return options_.sampling_rate; }
    std::string inputName() const override { return "input_values"; }
    bool returnsAttentionMask() const override { return options_.return_attention_mask; }
    std::int64_t fixedSamples() const override { return 0; }

    Result<Features> extract(std::span<const float> samples) const override;
    Result<FeatureBatch> extractBatch(std::span<const std::span<const float>> clips) const override;
    FeatureBatch pad(std::span<const Features* const> items) const override;

    std::string toJson() const override;
    void setDoNormalize(bool value) override { options_.do_normalize = value; }
    void setReturnAttentionMask(bool value) override { options_.return_attention_mask = value; }

private:
    FeatureBatch padClips(std::span<const std::span<const float>> clips) const;

    Wav2Vec2FeatureOptions options_;
    std::string keptJson_;
};

} // namespace earmark::neural
