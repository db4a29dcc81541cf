// Short-time spectra, plain or on a mel scale. Thread: any, several at once; immutable once made.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/neural/features/fourier.h"
#include "engine/neural/features/mel.h"

namespace earmark::neural
{

enum class LogScale { none, log, log10, decibel };

struct SpectrogramOptions {
    int hopLength = 160;
    int fftLength = 512; ///< not below the window's length
    double power = 2;    ///< of the magnitude
    bool center = true;  ///< frame t around sample t·hop, the ends mirrored; else it starts there
    std::optional<double> preemphasis;
    bool removeDcOffset = false;
    double melFloor = 1e-10; ///< with mel filters only
    LogScale scale = LogScale::none;
    double reference = 1; ///< decibel only: what is 0 dB
    double minimum = 1e-10;
    std::optional<double> decibelRange; ///< nothing further below the clip's loudest value
};

/// `transformers.audio_utils.spectrogram`: frames and sums in double, spectra rounded to single, results single.
class Spectrogram
{
public:
    /// The window's length is the frame's. Without filters the rows are the spectrum's bins.
    Spectrogram(SpectrogramOptions options, std::vector<double> window, std::optional<MelFilterBank> filters = {});

    int rowSize() const; ///< values a frame
    /// Frames of so many samples; 0 where they do not fill one.
    std::int64_t frameCount(std::int64_t samples) const;
    /// Row-major (frames, rowSize()), of the first `mostFrames` frames.
    std::vector<float> compute(std::span<const float> samples, std::int64_t mostFrames = INT64_MAX) const;

private:
    void fillFrame(std::span<const float> samples, std::int64_t frame, std::span<double> buffer) const;
    void finishRow(std::span<const std::complex<double>> spectrum, std::span<double> magnitudes,
                   std::span<double> row) const;
    void scale(std::span<double> rows) const;

    SpectrogramOptions options_;
    std::vector<double> window_;
    std::optional<MelFilterBank> filters_;
    RealFourier fourier_;
};

} // namespace earmark::neural
