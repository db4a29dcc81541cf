// MCTCTFeatureExtractor: the log-mel spectrogram of Flashlight's MFSC features (magnitudes of pre-emphasised frames), each bin of each clip made
// to mean 0 and deviation 1.
#pragma once

#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/features/spectrogram.h"
#include "engine/neural/features/window.h"

namespace earmark::neural
{

/// Keys and defaults of the class upstream.
struct MctctFeatureOptions {
    int feature_size = 80;     ///< mel bins
    int sampling_rate = 16000; ///< Hz
    double padding_value = 0;
    int hop_length = 10, win_length = 25; ///< ms
    WindowShape win_function = WindowShape::hamming;
    bool periodic = false; ///< the window; it is symmetric under the name hamming_window alone
    double frame_signal_scale = 32768;
    double preemphasis_coeff = 0.97;
    double mel_floor = 1;
    bool normalize_means = true, normalize_vars = true;
    bool return_attention_mask = false; ///< kept; the class always gives one

    int frameSamples() const { return static_cast<int>(static_cast<std::int64_t>(win_length) * sampling_rate / 1000); }
    int hopSamples() const { return static_cast<int>(static_cast<std::int64_t>(hop_length) * sampling_rate / 1000); }
};

class MctctFeatureExtractor final : public FeatureExtractor
{
public:
    /// `keptJson`: the file it comes from; its other keys are written again.
    explicit MctctFeatureExtractor(const MctctFeatureOptions& options, std::string keptJson = "{}");

    int samplingRate() const override { return options_.sampling_rate; }
    std::string inputName() const override { return "input_features"; }
    bool returnsAttentionMask() const override { return true; }
    std::int64_t fixedSamples() const override { return 0; }
    int samplesPerPosition() const override { return options_.hopSamples(); }
    std::int64_t inputLength(std::int64_t samples) const override { return spectrogram_.frameCount(samples); }
    std::int64_t fewestSamples(std::int64_t inputLength) const override;

    /// (frames, feature_size). A bin that never changes is 0 throughout, where upstream divides zero by zero.
    Result<Features> extract(std::span<const float> samples) const override;
    FeatureBatch pad(std::span<const Features* const> items) const override;

    std::string toJson() const override;
    void setDoNormalize(bool) override {}
    void setReturnAttentionMask(bool) override {}

private:
    void normalise(Features& features) const;

    MctctFeatureOptions options_;
    std::string keptJson_;
    Spectrogram spectrogram_;
};

} // namespace earmark::neural
