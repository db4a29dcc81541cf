// ASTFeatureExtractor: Kaldi's log-mel filter bank, cut or padded to a fixed number of frames, then (x − mean) / (2
// std). The path of transformers without torchaudio: frames of 400 samples every 160, whatever the sampling rate.
#pragma once

#include "engine/neural/features/fixed_feature_extractor.h"
#include "engine/neural/features/spectrogram.h"

namespace earmark::neural
{

/// Keys and defaults of the class upstream.
struct AstFeatureOptions {
    int sampling_rate = 16000; ///< Hz
    int num_mel_bins = 128;
    std::int64_t max_length = 1024; ///< frames
    double padding_value = 0;       ///< kept, but frames are padded with 0 before they are normalised
    bool do_normalize = true;
    double mean = -4.2677393;
    double std = 4.5689974;
    bool return_attention_mask = false; ///< kept; the class never gives one
};

class AstFeatureExtractor final : public FixedFeatureExtractor
{
public:
    static constexpr int frameSamples = 400, hopSamples = 160;

    /// `keptJson`: the file it comes from; its other keys are written again.
    explicit AstFeatureExtractor(const AstFeatureOptions& options, std::string keptJson = "{}");

    const AstFeatureOptions& options() const { return options_; }
    int samplingRate() const override { return options_.sampling_rate; }
    std::string inputName() const override { return "input_values"; }
    std::int64_t fixedSamples() const override { return frameSamples + hopSamples * (options_.max_length - 1); }

    /// (max_length, num_mel_bins)
    Result<Features> extract(std::span<const float> samples) const override;

    /// The log-mel frames as they are, (frames, num_mel_bins), at most max_length of them: neither padded nor
    /// normalised. Statistics of the training data are made from these.
    Result<Features> logMel(std::span<const float> samples) const;
    /// How many frames so many samples give, at most max_length.
    std::int64_t frameCount(std::int64_t samples) const;

    std::string toJson() const override;
    void setDoNormalize(bool value) override { options_.do_normalize = value; }
    void setNormalization(double mean, double std);

private:
    AstFeatureOptions options_;
    std::string keptJson_;
    Spectrogram spectrogram_;
};

} // namespace earmark::neural
