#include "engine/neural/features/ast_feature_extractor.h"

#include <algorithm>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/features/window.h"

namespace earmark::neural
{

namespace
{

Spectrogram makeSpectrogram(const AstFeatureOptions& options)
{
    constexpr int fftLength = 512;
    const MelFilterBank filters({.frequencyBins = fftLength / 2 + 1,
                                 .filters = options.num_mel_bins,
                                 .minimum = 20,
                                 .maximum = static_cast<double>(options.sampling_rate / 2),
                                 .samplingRate = options.sampling_rate,
                                 .scale = MelScale::kaldi,
                                 .triangularInMels = true});
    return Spectrogram({.hopLength = AstFeatureExtractor::hopSamples,
                        .fftLength = fftLength,
                        .power = 2,
                        .center = false,
                        .preemphasis = 0.97,
                        .removeDcOffset = true,
                        .melFloor = 1.192092955078125e-07,
                        .scale = LogScale::log},
                       windowFunction(WindowShape::hann, AstFeatureExtractor::frameSamples, false), filters);
}

} // namespace

AstFeatureExtractor::AstFeatureExtractor(const AstFeatureOptions& options, std::string keptJson)
    : options_(options), keptJson_(std::move(keptJson)), spectrogram_(makeSpectrogram(options))
{
}

std::int64_t AstFeatureExtractor::frameCount(std::int64_t samples) const
{
    return std::min(spectrogram_.frameCount(samples), options_.max_length);
}

Result<Features> AstFeatureExtractor::logMel(std::span<const float> samples) const
{
    if (samples.empty())
        return failure("audio.empty", "The clip holds no samples.");
    if (samples.size() < frameSamples)
        return failure("audio.too_short", "The clip has " + std::to_string(samples.size()) +
                                              " samples; this model needs at least " + std::to_string(frameSamples) +
                                              " at " + std::to_string(options_.sampling_rate) + " Hz.");
    return Features{spectrogram_.compute(samples, options_.max_length),
                    {frameCount(static_cast<std::int64_t>(samples.size())), options_.num_mel_bins}};
}

Result<Features> AstFeatureExtractor::extract(std::span<const float> samples) const
{
    EARMARK_TRY(Features features, logMel(samples));
    features.shape[0] = options_.max_length;
    features.values.resize(static_cast<std::size_t>(options_.max_length * options_.num_mel_bins), 0.0F);
    if (options_.do_normalize) {
        const auto mean = static_cast<float>(options_.mean), deviation = static_cast<float>(options_.std * 2);
        for (float& value : features.values) // the padding too
            value = (value - mean) / deviation;
    }
    return features;
}

void AstFeatureExtractor::setNormalization(double mean, double std)
{
    options_.mean = mean;
    options_.std = std;
}

std::string AstFeatureExtractor::toJson() const
{
    Json json = Json::parse(keptJson_);
    json["feature_extractor_type"] = "ASTFeatureExtractor";
    json["feature_size"] = 1;
    json["sampling_rate"] = options_.sampling_rate;
    json["num_mel_bins"] = options_.num_mel_bins;
    json["max_length"] = options_.max_length;
    json["padding_value"] = options_.padding_value;
    json["padding_side"] = "right";
    json["do_normalize"] = options_.do_normalize;
    json["mean"] = options_.mean;
    json["std"] = options_.std;
    json["return_attention_mask"] = options_.return_attention_mask;
    return dumpJson(json);
}

} // namespace earmark::neural
