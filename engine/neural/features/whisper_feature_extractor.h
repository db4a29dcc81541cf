// WhisperFeatureExtractor: every clip is cut or filled up to one length (30 s), then a log-mel spectrogram of it, whose values more than 80 dB
// below the loudest are raised to that, then (x + 4) / 4.
#pragma once

#include "engine/neural/features/fixed_feature_extractor.h"
#include "engine/neural/features/spectrogram.h"

namespace earmark::neural
{

/// Keys and defaults of the class upstream. Its do_normalize is an argument of a call and no key: a file's is kept and not read.
struct WhisperFeatureOptions {
    int feature_size = 80;     ///< mel bins
    int sampling_rate = 16000; ///< Hz
    int hop_length = 160;
    int chunk_length = 30; ///< whole seconds
    int n_fft = 400;       ///< a frame's length too
    double padding_value = 0;
    bool return_attention_mask = false; ///< kept; the classification class takes no mask

    std::int64_t samples() const { return static_cast<std::int64_t>(chunk_length) * sampling_rate; }
    std::int64_t nb_max_frames() const { return samples() / hop_length; }
};

class WhisperFeatureExtractor final : public FixedFeatureExtractor
{
public:
    /// `keptJson`: the file it comes from; its other keys are written again.
    explicit WhisperFeatureExtractor(const WhisperFeatureOptions& options, std::string keptJson = "{}");

    int samplingRate() const override { return options_.sampling_rate; }
    std::string inputName() const override { return "input_features"; }
    bool binsFirst() const override { return true; }
    std::int64_t fixedSamples() const override { return options_.samples(); }

    /// (feature_size, frames): nb_max_frames, one fewer where n_fft is odd and hop_length divides the samples.
    Result<Features> extract(std::span<const float> samples) const override;

    std::string toJson() const override;
    void setDoNormalize(bool) override {}

private:
    /// Row-major (frames, feature_size).
    std::vector<float> logMel(std::span<const float> samples) const;

    WhisperFeatureOptions options_;
    std::string keptJson_;
    Spectrogram spectrogram_;
    std::int64_t frames_; ///< the spectrogram's but its last
};

} // namespace earmark::neural
