#include "engine/neural/features/clap_feature_extractor.h"

#include <algorithm>
#include <array>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/features/window.h"

namespace earmark::neural
{

namespace
{

/// Fusion hears through torchaudio's filters, a part alone through librosa's.
Spectrogram makeSpectrogram(const ClapFeatureOptions& options)
{
    const MelFilterBank filters({.frequencyBins = options.fft_window_size / 2 + 1,
                                 .filters = options.feature_size,
                                 .minimum = options.frequency_min,
                                 .maximum = options.frequency_max,
                                 .samplingRate = options.sampling_rate,
                                 .slaneyNorm = !options.fuses(),
                                 .scale = options.fuses() ? MelScale::htk : MelScale::slaney});
    return Spectrogram({.hopLength = options.hop_length, .fftLength = options.fft_window_size, .scale = LogScale::decibel},
                       windowFunction(WindowShape::hann, options.fft_window_size), filters);
}

/// torch.nn.functional.interpolate(mode="bilinear", align_corners=False) over rows, in its single precision.
void shrink(std::span<const float> rows, std::size_t bins, std::span<float> to)
{
    const std::size_t from = rows.size() / bins, count = to.size() / bins;
    const float scale = static_cast<float>(from) / static_cast<float>(count);
    for (std::size_t i = 0; i < count; ++i) {
        const float place = std::max(scale * (static_cast<float>(i) + 0.5F) - 0.5F, 0.0F);
        const std::size_t above = std::min(static_cast<std::size_t>(place), from - 1), below = std::min(above + 1, from - 1);
        const float share = std::clamp(place - static_cast<float>(above), 0.0F, 1.0F);
        for (std::size_t bin = 0; bin < bins; ++bin)
            to[i * bins + bin] = rows[above * bins + bin] * (1 - share) + rows[below * bins + bin] * share;
    }
}

/// Where the three parts begin: np.array_split(range(count), 3), and one drawn from each third; the first frame from one that is empty.
std::array<std::int64_t, 3> drawParts(std::int64_t count, MersenneTwister& crops)
{
    std::array<std::int64_t, 3> begins{};
    std::int64_t first = 0;
    for (std::int64_t third = 0; third < 3; ++third) {
        const std::int64_t size = count / 3 + (third < count % 3 ? 1 : 0);
        if (size > 0)
            begins[static_cast<std::size_t>(third)] = first + static_cast<std::int64_t>(crops.numpyInterval(static_cast<std::uint64_t>(size - 1)));
        first += size;
    }
    return begins;
}

} // namespace

ClapFeatureExtractor::ClapFeatureExtractor(const ClapFeatureOptions& options, std::string keptJson)
    : options_(options), keptJson_(std::move(keptJson)), spectrogram_(makeSpectrogram(options))
{
}

std::vector<float> ClapFeatureExtractor::filledUp(std::span<const float> samples) const
{
    const auto length = static_cast<std::size_t>(options_.samples());
    std::size_t times = 1;
    if (options_.padding == "repeatpad")
        times = length / samples.size();
    else if (options_.padding == "repeat")
        times = length / samples.size() + 1;
    std::vector<float> whole(length, 0.0F);
    for (std::size_t i = 0, at = 0; i < times && at < length; ++i, at += samples.size())
        std::copy_n(samples.begin(), std::min(samples.size(), length - at), whole.begin() + static_cast<std::ptrdiff_t>(at));
    return whole;
}

Features ClapFeatureExtractor::stacked(const std::vector<float>& rows, bool longer) const
{
    Features features{.shape = {options_.channels(), options_.frames(), options_.feature_size}, .isLonger = longer};
    for (std::int64_t channel = 0; channel < options_.channels(); ++channel)
        features.values.insert(features.values.end(), rows.begin(), rows.end());
    return features;
}

Result<Features> ClapFeatureExtractor::fused(std::span<const float> samples, MersenneTwister& crops) const
{
    const std::vector<float> rows = spectrogram_.compute(samples);
    const auto bins = static_cast<std::size_t>(options_.feature_size);
    const std::int64_t frames = options_.frames(), all = static_cast<std::int64_t>(rows.size() / bins);
    if (all == frames)
        return stacked(rows, false);
    if (bins != 64)
        return failure("model.bad_config", "preprocessor_config.json fuses long clips with a feature_size of " + std::to_string(bins) +
                                               ", and fusion is for 64; set truncation to rand_trunc, or give shorter clips.");
    const std::size_t picture = static_cast<std::size_t>(frames) * bins;
    Features features{.values = std::vector<float>(4 * picture), .shape = {4, frames, options_.feature_size}, .isLonger = true};
    const std::span<float> values(features.values);
    shrink(rows, bins, values.first(picture));
    std::size_t channel = 1;
    for (const std::int64_t begin : drawParts(all - frames + 1, crops))
        std::copy_n(rows.begin() + begin * options_.feature_size, picture, values.begin() + static_cast<std::ptrdiff_t>(channel++ * picture));
    return features;
}

Result<Features> ClapFeatureExtractor::extractOne(std::span<const float> samples, MersenneTwister& crops) const
{
    if (samples.empty())
        return failure("audio.empty", "The clip holds no samples.");
    const auto length = static_cast<std::int64_t>(samples.size());
    if (length <= options_.samples())
        return stacked(spectrogram_.compute(length == options_.samples() ? std::vector<float>(samples.begin(), samples.end()) : filledUp(samples)), false);
    if (options_.fuses())
        return fused(samples, crops);
    const std::uint64_t begin = crops.numpyInterval(static_cast<std::uint64_t>(length - options_.samples()));
    return stacked(spectrogram_.compute(samples.subspan(begin, static_cast<std::size_t>(options_.samples()))), true);
}

Result<Features> ClapFeatureExtractor::extract(std::span<const float> samples) const
{
    MersenneTwister crops;
    crops.seedNumpy(cropSeed);
    EARMARK_TRY(Features features, extractOne(samples, crops));
    features.isLonger = features.isLonger || options_.fuses(); // the one of a batch of one that is said to be
    return features;
}

Result<FeatureBatch> ClapFeatureExtractor::extractBatch(std::span<const std::span<const float>> clips) const
{
    MersenneTwister crops;
    crops.seedNumpy(cropSeed);
    std::vector<Features> items;
    for (const auto& clip : clips) {
        EARMARK_TRY(Features features, extractOne(clip, crops));
        items.push_back(std::move(features));
    }
    if (options_.fuses() && !items.empty() && std::ranges::none_of(items, &Features::isLonger))
        items[crops.numpyInterval(items.size() - 1)].isLonger = true;
    std::vector<const Features*> pointers;
    for (const Features& item : items)
        pointers.push_back(&item);
    return pad(pointers);
}

FeatureBatch ClapFeatureExtractor::pad(std::span<const Features* const> items) const
{
    FeatureBatch batch = FixedFeatureExtractor::pad(items);
    for (const Features* const item : items)
        batch.isLonger.push_back(item->isLonger ? 1 : 0);
    return batch;
}

std::string ClapFeatureExtractor::toJson() const
{
    Json json = Json::parse(keptJson_);
    json["feature_extractor_type"] = "ClapFeatureExtractor";
    json["feature_size"] = options_.feature_size;
    json["sampling_rate"] = options_.sampling_rate;
    json["hop_length"] = options_.hop_length;
    json["max_length_s"] = options_.max_length_s;
    json["fft_window_size"] = options_.fft_window_size;
    json["nb_frequency_bins"] = options_.fft_window_size / 2 + 1;
    json["nb_max_samples"] = options_.samples();
    json["padding_value"] = options_.padding_value;
    json["padding_side"] = "right";
    json["return_attention_mask"] = options_.return_attention_mask;
    for (const auto& [key, value] : {std::pair("frequency_min", options_.frequency_min), std::pair("frequency_max", options_.frequency_max)})
        if (!json.contains(key)) // a whole number stays one
            json[key] = static_cast<std::int64_t>(value);
    if (!json.contains("top_db"))
        json["top_db"] = nullptr;
    json["truncation"] = options_.truncation;
    json["padding"] = options_.padding;
    return dumpJson(json);
}

} // namespace earmark::neural
