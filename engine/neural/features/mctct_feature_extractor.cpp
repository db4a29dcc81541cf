#include "engine/neural/features/mctct_feature_extractor.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/neural/checkpoint/json.h"

namespace earmark::neural
{

namespace
{

Spectrogram makeSpectrogram(const MctctFeatureOptions& options)
{
    const int fftLength = static_cast<int>(std::bit_ceil(static_cast<unsigned>(options.frameSamples())));
    const MelFilterBank filters({.frequencyBins = fftLength / 2 + 1,
                                 .filters = options.feature_size,
                                 .minimum = 0,
                                 .maximum = options.sampling_rate / 2.0,
                                 .samplingRate = options.sampling_rate});
    return Spectrogram({.hopLength = options.hopSamples(),
                        .fftLength = fftLength,
                        .power = 1,
                        .center = false,
                        .preemphasis = options.preemphasis_coeff,
                        .melFloor = options.mel_floor,
                        .scale = LogScale::log},
                       windowFunction(options.win_function, options.frameSamples(), options.periodic), filters);
}

/// The mean of each column of (rows, columns), in NumPy's order for a reduction over the rows: one row after the other in single precision,
/// divided in double and rounded once.
std::vector<float> columnMeans(std::span<const float> values, std::size_t columns)
{
    std::vector<float> means(columns);
    for (std::size_t row = 0; row < values.size(); row += columns)
        for (std::size_t column = 0; column < columns; ++column)
            means[column] += values[row + column];
    for (float& mean : means)
        mean = static_cast<float>(static_cast<double>(mean) / static_cast<double>(values.size() / columns));
    return means;
}

} // namespace

MctctFeatureExtractor::MctctFeatureExtractor(const MctctFeatureOptions& options, std::string keptJson)
    : options_(options), keptJson_(std::move(keptJson)), spectrogram_(makeSpectrogram(options))
{
}

std::int64_t MctctFeatureExtractor::fewestSamples(std::int64_t inputLength) const
{
    return options_.frameSamples() + (std::max<std::int64_t>(inputLength, 1) - 1) * options_.hopSamples();
}

void MctctFeatureExtractor::normalise(Features& features) const
{
    const auto bins = static_cast<std::size_t>(options_.feature_size);
    const auto subtractMeans = [&](std::vector<float>& values) {
        const std::vector<float> means = columnMeans(values, bins);
        for (std::size_t row = 0; row < values.size(); row += bins)
            for (std::size_t bin = 0; bin < bins; ++bin)
                values[row + bin] -= means[bin];
    };
    if (options_.normalize_means)
        subtractMeans(features.values);
    if (!options_.normalize_vars)
        return;
    std::vector<float> squares = features.values;
    subtractMeans(squares);
    for (float& value : squares)
        value *= value;
    std::vector<float> deviations = columnMeans(squares, bins);
    for (float& deviation : deviations)
        deviation = std::sqrt(deviation);
    for (std::size_t row = 0; row < features.values.size(); row += bins)
        for (std::size_t bin = 0; bin < bins; ++bin) {
            float& value = features.values[row + bin];
            value = deviations[bin] > 0 ? value / deviations[bin] : 0;
        }
}

Result<Features> MctctFeatureExtractor::extract(std::span<const float> samples) const
{
    if (samples.empty())
        return failure("audio.empty", "The clip holds no samples.");
    if (samples.size() < static_cast<std::size_t>(options_.frameSamples()))
        return failure("audio.too_short", "The clip has " + std::to_string(samples.size()) + " samples; this model needs at least " +
                                              std::to_string(options_.frameSamples()) + " at " + std::to_string(options_.sampling_rate) + " Hz.");
    std::vector<float> scaled(samples.begin(), samples.end());
    for (float& sample : scaled)
        sample *= static_cast<float>(options_.frame_signal_scale);
    Features features{spectrogram_.compute(scaled), {inputLength(static_cast<std::int64_t>(samples.size())), options_.feature_size}};
    normalise(features);
    return features;
}

FeatureBatch MctctFeatureExtractor::pad(std::span<const Features* const> items) const
{
    std::int64_t longest = 0;
    for (const Features* const item : items)
        longest = std::max(longest, item->shape.front());
    const auto frames = static_cast<std::size_t>(longest), size = frames * static_cast<std::size_t>(options_.feature_size);
    FeatureBatch batch;
    batch.input.shape = {static_cast<std::int64_t>(items.size()), longest, options_.feature_size};
    batch.input.values.assign(items.size() * size, static_cast<float>(options_.padding_value));
    batch.attentionMask.assign(items.size() * frames, 0);
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::ranges::copy(items[i]->values, batch.input.values.begin() + static_cast<std::ptrdiff_t>(i * size));
        std::fill_n(batch.attentionMask.begin() + static_cast<std::ptrdiff_t>(i * frames), items[i]->shape.front(), 1);
    }
    return batch;
}

std::string MctctFeatureExtractor::toJson() const
{
    Json json = Json::parse(keptJson_);
    json["feature_extractor_type"] = "MCTCTFeatureExtractor";
    json["feature_size"] = options_.feature_size;
    json["sampling_rate"] = options_.sampling_rate;
    json["padding_value"] = options_.padding_value;
    json["padding_side"] = "right";
    json["hop_length"] = options_.hop_length;
    json["win_length"] = options_.win_length;
    if (!json.contains("win_function"))
        json["win_function"] = "hamming_window";
    json["frame_signal_scale"] = options_.frame_signal_scale;
    json["preemphasis_coeff"] = options_.preemphasis_coeff;
    json["mel_floor"] = options_.mel_floor;
    json["normalize_means"] = options_.normalize_means;
    json["normalize_vars"] = options_.normalize_vars;
    json["return_attention_mask"] = options_.return_attention_mask;
    json["sample_size"] = options_.frameSamples();
    json["sample_stride"] = options_.hopSamples();
    const int fftLength = static_cast<int>(std::bit_ceil(static_cast<unsigned>(options_.frameSamples())));
    json["n_fft"] = fftLength;
    json["n_freqs"] = fftLength / 2 + 1;
    return dumpJson(json);
}

} // namespace earmark::neural
