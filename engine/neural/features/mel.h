// Mel scales and triangular filter banks. Thread: any; immutable once made.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace earmark::neural
{

enum class MelScale { htk, slaney, kaldi };

/// Hz and mels, as `transformers.audio_utils` converts them.
double hertzToMel(double hertz, MelScale scale);
double melToHertz(double mels, MelScale scale);

struct MelOptions {
    int frequencyBins = 257; ///< fft length / 2 + 1
    int filters = 128;
    double minimum = 0; ///< Hz
    double maximum = 8000;
    int samplingRate = 16000;
    bool slaneyNorm = false; ///< divide each triangle by its width
    MelScale scale = MelScale::htk;
    bool triangularInMels = false; ///< straight sides on the mel axis rather than in Hz
};

/// `mel_filter_bank`. A triangle covers few bins, so only those are kept.
class MelFilterBank
{
public:
    explicit MelFilterBank(const MelOptions& options);

    int size() const { return static_cast<int>(bands_.size()); }
    int frequencyBins() const { return frequencyBins_; }

    /// One frame: `spectrum` has frequencyBins() values, `mels` gets size().
    void apply(std::span<const double> spectrum, std::span<double> mels) const;

    /// The dense matrix's element, 0 outside the triangle.
    double weight(int bin, int filter) const;

private:
    struct Band {
        int first = 0;               ///< frequency bin
        std::vector<double> weights; ///< of the bins from there on
    };

    int frequencyBins_;
    std::vector<Band> bands_;
};

} // namespace earmark::neural
