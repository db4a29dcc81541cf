// Feature extractors: the same numbers as their Hugging Face namesakes (transformers 4.57.6, NumPy paths).
// Thread: any, several at once, and never a torch call: they run ahead of the training thread on decoding threads. So
// plain arrays here.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.h"

namespace earmark::neural
{

/// One clip's features, row-major: (samples), (frames, bins), (bins, frames) or (channels, frames, bins).
struct Features {
    std::vector<float> values;
    std::vector<std::int64_t> shape;
    bool isLonger = false; ///< CLAP's is_longer: its channels are to be fused
};

/// A padded batch.
struct FeatureBatch {
    Features input;                          ///< (batch, …)
    std::vector<std::int64_t> attentionMask; ///< (batch, length) of 0 and 1; empty where the extractor gives none
    std::vector<std::uint8_t> isLonger;      ///< (batch); empty likewise
};

class FeatureExtractor
{
public:
    virtual ~FeatureExtractor() = default;

    virtual int samplingRate() const = 0;
    /// "input_values" or "input_features".
    virtual std::string inputName() const = 0;
    virtual bool returnsAttentionMask() const = 0;
    /// True where a spectrogram is (bins, frames) and not (frames, bins).
    virtual bool binsFirst() const { return false; }
    /// Samples that fill the model's fixed input (AST, Whisper); 0 where clips are taken whole.
    virtual std::int64_t fixedSamples() const = 0;
    /// Samples that are heard of a longer clip, from a place drawn at random; 0 where it is heard otherwise.
    virtual std::int64_t randomPart() const { return 0; }
    /// Samples from one position of the network's input to the next: 1 for a waveform, the hop of a spectrogram.
    virtual int samplesPerPosition() const { return 1; }
    /// Positions of the network's input (samples, or frames of a spectrogram) that so many samples give.
    virtual std::int64_t inputLength(std::int64_t samples) const { return samples; }
    /// Fewest samples that give so many positions.
    virtual std::int64_t fewestSamples(std::int64_t inputLength) const { return inputLength; }

    /// `extractor(clip, sampling_rate=…)`: no padding but a fixed input's. Errors: audio.empty, audio.too_short.
    virtual Result<Features> extract(std::span<const float> samples) const = 0;
    /// `extractor([clips], padding=True)`: each clip by itself, then padded; a class that pads before it normalises has its own.
    virtual Result<FeatureBatch> extractBatch(std::span<const std::span<const float>> clips) const;
    /// `DataCollatorWithPadding`: pads what extract() gave, `extractor.pad(…, padding=True)`.
    virtual FeatureBatch pad(std::span<const Features* const> items) const = 0;

    /// preprocessor_config.json, in Hugging Face's shape.
    virtual std::string toJson() const = 0;

    /// Overrides of a run; ignored where the extractor has no such option.
    virtual void setDoNormalize(bool) = 0;
    virtual void setReturnAttentionMask(bool) = 0;
};

/// From preprocessor_config.json's text, or a processor_config.json that holds it; `modelType` decides where it names
/// no extractor. `path` is for messages. Errors: model.bad_config, model.unsupported.
Result<std::unique_ptr<FeatureExtractor>>
featureExtractorFromJson(const std::string& json, const std::string& modelType,
                         const std::string& path = "preprocessor_config.json");

/// The extractor of a model folder: preprocessor_config.json, else processor_config.json, else the class's defaults.
/// Errors: io.*, model.*.
Result<std::unique_ptr<FeatureExtractor>> loadFeatureExtractor(const std::string& folder, const std::string& modelType);

} // namespace earmark::neural
