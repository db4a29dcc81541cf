#include "engine/neural/features/whisper_feature_extractor.h"

#include <algorithm>
#include <cmath>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/features/window.h"

namespace earmark::neural
{

namespace
{

constexpr double melFloor = 1e-10;
constexpr float range = 8; ///< of powers of ten below a clip's loudest value

/// In double precision. Upstream's transform is torch's in single precision wherever a network runs: what that rounds (up to 5e-5 of the
/// result, where a pure tone leaves most bins near the floor) is its own.
Spectrogram makeSpectrogram(const WhisperFeatureOptions& options)
{
    const MelFilterBank filters({.frequencyBins = options.n_fft / 2 + 1,
                                 .filters = options.feature_size,
                                 .minimum = 0,
                                 .maximum = 8000,
                                 .samplingRate = options.sampling_rate,
                                 .slaneyNorm = true,
                                 .scale = MelScale::slaney});
    return Spectrogram({.hopLength = options.hop_length, .fftLength = options.n_fft, .melFloor = melFloor, .scale = LogScale::log10},
                       windowFunction(WindowShape::hann, options.n_fft), filters);
}

} // namespace

WhisperFeatureExtractor::WhisperFeatureExtractor(const WhisperFeatureOptions& options, std::string keptJson)
    : options_(options), keptJson_(std::move(keptJson)), spectrogram_(makeSpectrogram(options)),
      frames_(spectrogram_.frameCount(options.samples()) - 1)
{
}

std::vector<float> WhisperFeatureExtractor::logMel(std::span<const float> samples) const
{
    const std::int64_t heard = std::min(static_cast<std::int64_t>(samples.size()), options_.samples());
    std::vector<float> whole(static_cast<std::size_t>(options_.samples()), static_cast<float>(options_.padding_value));
    std::copy_n(samples.begin(), heard, whole.begin());
    // Frames of nothing but zeros need no transform: they are at the floor.
    std::int64_t sounding = frames_;
    if (options_.padding_value == 0)
        sounding = std::min(sounding, (heard + options_.n_fft / 2) / options_.hop_length + 1);
    std::vector<float> rows = spectrogram_.compute(whole, sounding);
    rows.resize(static_cast<std::size_t>(frames_ * options_.feature_size), static_cast<float>(std::log10(melFloor)));
    return rows;
}

Result<Features> WhisperFeatureExtractor::extract(std::span<const float> samples) const
{
    if (samples.empty())
        return failure("audio.empty", "The clip holds no samples.");
    const std::vector<float> rows = logMel(samples);
    const float lowest = *std::ranges::max_element(rows) - range;
    const auto bins = static_cast<std::size_t>(options_.feature_size), frames = static_cast<std::size_t>(frames_);
    Features features{std::vector<float>(rows.size()), {options_.feature_size, frames_}};
    for (std::size_t bin = 0; bin < bins; ++bin)
        for (std::size_t frame = 0; frame < frames; ++frame)
            features.values[bin * frames + frame] = (std::max(rows[frame * bins + bin], lowest) + 4) / 4;
    return features;
}

std::string WhisperFeatureExtractor::toJson() const
{
    Json json = Json::parse(keptJson_);
    json.erase("mel_filters"); // of files of 2022: upstream makes the bank anew
    json["feature_extractor_type"] = "WhisperFeatureExtractor";
    json["feature_size"] = options_.feature_size;
    json["sampling_rate"] = options_.sampling_rate;
    json["hop_length"] = options_.hop_length;
    json["chunk_length"] = options_.chunk_length;
    json["n_fft"] = options_.n_fft;
    json["n_samples"] = options_.samples();
    json["nb_max_frames"] = options_.nb_max_frames();
    json["padding_value"] = options_.padding_value;
    json["padding_side"] = "right";
    json["dither"] = 0.0;
    json["return_attention_mask"] = options_.return_attention_mask;
    return dumpJson(json);
}

} // namespace earmark::neural
