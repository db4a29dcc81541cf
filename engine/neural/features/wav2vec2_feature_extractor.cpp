#include "engine/neural/features/wav2vec2_feature_extractor.h"

#include <algorithm>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/features/normalise.h"

namespace earmark::neural
{

Wav2Vec2FeatureExtractor::Wav2Vec2FeatureExtractor(const Wav2Vec2FeatureOptions& options, std::string keptJson)
    : options_(options), keptJson_(std::move(keptJson))
{
}

Result<Features> Wav2Vec2FeatureExtractor::extract(std::span<const float> samples) const
{
    if (samples.empty())
        return failure("audio.empty", "The clip holds no samples.");
    Features features{{samples.begin(), samples.end()}, {static_cast<std::int64_t>(samples.size())}};
    if (options_.do_normalize)
        normaliseInPlace(features.values, features.values.size());
    return features;
}

Result<FeatureBatch> Wav2Vec2FeatureExtractor::extractBatch(std::span<const std::span<const float>> clips) const
{
    if (std::ranges::any_of(clips, [](const auto& clip) { return clip.empty(); }))
        return failure("audio.empty", "One of the clips holds no samples.");
    FeatureBatch batch = padClips(clips);
    if (!options_.do_normalize || clips.empty())
        return batch;
    const auto length = static_cast<std::size_t>(batch.input.shape[1]);
    for (std::size_t i = 0; i < clips.size(); ++i) { // without a mask the padding counts
        const auto row = std::span(batch.input.values).subspan(i * length, length);
        const std::size_t counted = options_.return_attention_mask ? clips[i].size() : length;
        normaliseInPlace(row, counted);
        std::ranges::fill(row.subspan(counted), static_cast<float>(options_.padding_value));
    }
    return batch;
}

FeatureBatch Wav2Vec2FeatureExtractor::pad(std::span<const Features* const> items) const
{
    std::vector<std::span<const float>> rows;
    for (const Features* const item : items)
        rows.emplace_back(item->values);
    return padClips(rows);
}

FeatureBatch Wav2Vec2FeatureExtractor::padClips(std::span<const std::span<const float>> clips) const
{
    std::size_t length = 0;
    for (const auto& clip : clips)
        length = std::max(length, clip.size());
    FeatureBatch batch;
    batch.input.shape = {static_cast<std::int64_t>(clips.size()), static_cast<std::int64_t>(length)};
    batch.input.values.assign(clips.size() * length, static_cast<float>(options_.padding_value));
    batch.attentionMask.assign(options_.return_attention_mask ? clips.size() * length : 0, 0);
    for (std::size_t i = 0; i < clips.size(); ++i) {
        std::ranges::copy(clips[i], batch.input.values.begin() + static_cast<std::ptrdiff_t>(i * length));
        if (options_.return_attention_mask)
            std::fill_n(batch.attentionMask.begin() + static_cast<std::ptrdiff_t>(i * length), clips[i].size(), 1);
    }
    return batch;
}

std::string Wav2Vec2FeatureExtractor::toJson() const
{
    Json json = Json::parse(keptJson_);
    json["feature_extractor_type"] = "Wav2Vec2FeatureExtractor";
    json["feature_size"] = 1;
    json["sampling_rate"] = options_.sampling_rate;
    json["padding_value"] = options_.padding_value;
    json["padding_side"] = "right";
    json["do_normalize"] = options_.do_normalize;
    json["return_attention_mask"] = options_.return_attention_mask;
    return dumpJson(json);
}

} // namespace earmark::neural
