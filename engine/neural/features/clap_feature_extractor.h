// ClapFeatureExtractor: log-mel spectrograms of one length (10 s). Shorter clips are repeated and filled up. Of longer ones "rand_trunc" hears a part, and
// "fusion" four pictures: the whole, shrunk to that length, and a part of its first, second and last third.
//
// Upstream draws those parts from NumPy's global generator, so that no two runs hear the same. Here they are what upstream draws after np.random.seed(42):
// of each clip by itself in extract(), of a batch from its first clip on in extractBatch().
#pragma once

#include "engine/base/mersenne_twister.h"
#include "engine/neural/features/fixed_feature_extractor.h"
#include "engine/neural/features/spectrogram.h"

namespace earmark::neural
{

/// Keys and defaults of the class upstream. Its top_db is never looked at, and what fills a clip up is 0 whatever padding_value says: both are kept.
struct ClapFeatureOptions {
    int feature_size = 64;     ///< mel bins
    int sampling_rate = 48000; ///< Hz
    int hop_length = 480;
    int max_length_s = 10; ///< whole seconds
    int fft_window_size = 1024;
    double padding_value = 0;
    bool return_attention_mask = false; ///< kept; there is no mask
    double frequency_min = 0, frequency_max = 14000; ///< Hz
    std::string truncation = "fusion"; ///< or "rand_trunc"
    std::string padding = "repeatpad"; ///< or "repeat", "pad"

    bool fuses() const { return truncation == "fusion"; }
    std::int64_t channels() const { return fuses() ? 4 : 1; }
    std::int64_t samples() const { return static_cast<std::int64_t>(max_length_s) * sampling_rate; }
    std::int64_t frames() const { return samples() / hop_length + 1; }
};

class ClapFeatureExtractor final : public FixedFeatureExtractor
{
public:
    static constexpr std::uint32_t cropSeed = 42;

    /// `keptJson`: the file it comes from; its other keys are written again.
    explicit ClapFeatureExtractor(const ClapFeatureOptions& options, std::string keptJson = "{}");

    int samplingRate() const override { return options_.sampling_rate; }
    std::string inputName() const override { return "input_features"; }
    std::int64_t fixedSamples() const override { return 0; } // longer clips are not cut after it
    std::int64_t randomPart() const override { return options_.fuses() ? 0 : options_.samples(); }

    /// (channels, frames, feature_size). Errors: audio.empty; model.bad_config for a long clip where fusion has no 64 bins.
    Result<Features> extract(std::span<const float> samples) const override;
    /// Where no clip is longer and there is fusion, one is said to be, as upstream draws it.
    Result<FeatureBatch> extractBatch(std::span<const std::span<const float>> clips) const override;
    FeatureBatch pad(std::span<const Features* const> items) const override;

    std::string toJson() const override;
    void setDoNormalize(bool) override {}

private:
    Result<Features> extractOne(std::span<const float> samples, MersenneTwister& crops) const;
    Result<Features> fused(std::span<const float> samples, MersenneTwister& crops) const;
    std::vector<float> filledUp(std::span<const float> samples) const;
    /// The same picture in every channel.
    Features stacked(const std::vector<float>& rows, bool longer) const;

    ClapFeatureOptions options_;
    std::string keptJson_;
    Spectrogram spectrogram_;
};

} // namespace earmark::neural
