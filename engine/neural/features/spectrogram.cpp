#include "engine/neural/features/spectrogram.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>

namespace earmark::neural
{

namespace
{

/// Index into a signal whose ends are mirrored without repeating the last sample (NumPy's "reflect").
std::size_t mirrored(std::int64_t index, std::int64_t size)
{
    if (size == 1)
        return 0;
    const std::int64_t period = 2 * (size - 1);
    const std::int64_t place = ((index % period) + period) % period;
    return static_cast<std::size_t>(std::min(place, period - place));
}

} // namespace

Spectrogram::Spectrogram(SpectrogramOptions options, std::vector<double> window, std::optional<MelFilterBank> filters)
    : options_(options), window_(std::move(window)), filters_(std::move(filters)), fourier_(options.fftLength)
{
}

int Spectrogram::rowSize() const
{
    return filters_ ? filters_->size() : fourier_.bins();
}

std::int64_t Spectrogram::frameCount(std::int64_t samples) const
{
    const auto frame = static_cast<std::int64_t>(window_.size());
    const std::int64_t padded = samples + (options_.center ? frame / 2 * 2 : 0);
    return samples == 0 || padded < frame ? 0 : 1 + (padded - frame) / options_.hopLength;
}

std::vector<float> Spectrogram::compute(std::span<const float> samples, std::int64_t mostFrames) const
{
    const std::int64_t frames = std::min(frameCount(static_cast<std::int64_t>(samples.size())), mostFrames);
    const auto row = static_cast<std::size_t>(rowSize());
    std::vector<double> values(static_cast<std::size_t>(frames) * row),
        magnitudes(static_cast<std::size_t>(fourier_.bins()));
    const RealFourier::Workspace workspace(fourier_);
    for (std::int64_t start = 0; start < frames; start += RealFourier::framesAtOnce) {
        const int count = static_cast<int>(std::min<std::int64_t>(RealFourier::framesAtOnce, frames - start));
        for (int i = 0; i < count; ++i)
            fillFrame(samples, start + i, workspace.frame(i));
        workspace.transform();
        for (int i = 0; i < count; ++i)
            finishRow(workspace.spectrum(i), magnitudes,
                      std::span(values).subspan(static_cast<std::size_t>(start + i) * row, row));
    }
    scale(values);
    return {values.begin(), values.end()};
}

void Spectrogram::fillFrame(std::span<const float> samples, std::int64_t frame, std::span<double> buffer) const
{
    const auto size = static_cast<std::int64_t>(samples.size());
    const auto length = static_cast<std::int64_t>(window_.size());
    const std::int64_t start = frame * options_.hopLength - (options_.center ? length / 2 : 0);
    if (start >= 0 && start + length <= size)
        std::copy_n(samples.begin() + start, length, buffer.begin());
    else
        for (std::int64_t i = 0; i < length; ++i)
            buffer[static_cast<std::size_t>(i)] = samples[mirrored(start + i, size)];
    const auto used = buffer.first(window_.size());
    if (options_.removeDcOffset) {
        const double mean = std::reduce(used.begin(), used.end()) / static_cast<double>(length);
        for (double& value : used)
            value -= mean;
    }
    if (options_.preemphasis) {
        for (std::size_t i = used.size(); i-- > 1;)
            used[i] -= *options_.preemphasis * used[i - 1];
        used[0] *= 1 - *options_.preemphasis;
    }
    for (std::size_t i = 0; i < used.size(); ++i)
        used[i] *= window_[i];
}

void Spectrogram::finishRow(std::span<const std::complex<double>> spectrum, std::span<double> magnitudes,
                            std::span<double> row) const
{
    const std::span<double> target = filters_ ? magnitudes : row;
    for (std::size_t bin = 0; bin < spectrum.size(); ++bin) { // upstream keeps the spectrum in single precision
        const double real = static_cast<float>(spectrum[bin].real()),
                     imaginary = static_cast<float>(spectrum[bin].imag());
        target[bin] = real * real + imaginary * imaginary;
    }
    if (options_.power != 2)
        for (double& value : target)
            value = options_.power == 1 ? std::sqrt(value) : std::pow(value, options_.power / 2);
    if (!filters_)
        return;
    filters_->apply(magnitudes, row);
    for (double& value : row)
        value = std::max(options_.melFloor, value);
}

void Spectrogram::scale(std::span<double> rows) const
{
    if (options_.scale == LogScale::none || rows.empty())
        return;
    if (options_.scale == LogScale::decibel) {
        const double factor = options_.power == 1 ? 20 : 10;
        const double zero = std::log10(std::max(options_.minimum, options_.reference));
        for (double& value : rows)
            value = factor * (std::log10(std::max(value, options_.minimum)) - zero);
        if (options_.decibelRange) {
            const double lowest = *std::ranges::max_element(rows) - *options_.decibelRange;
            for (double& value : rows)
                value = std::max(value, lowest);
        }
        return;
    }
    for (double& value : rows)
        value = options_.scale == LogScale::log ? std::log(value) : std::log10(value);
}

} // namespace earmark::neural
