#include "engine/neural/features/mel.h"

#include <algorithm>
#include <cmath>

namespace earmark::neural
{

namespace
{

// Slaney's scale: linear up to 1 kHz (15 mels), logarithmic above (27 mels for each factor of 6.4).
constexpr double slaneyHertz = 1000, slaneyMels = 15;
double slaneyStep()
{
    return std::log(6.4) / 27;
}

} // namespace

double hertzToMel(double hertz, MelScale scale)
{
    if (scale == MelScale::htk)
        return 2595 * std::log10(1 + hertz / 700);
    if (scale == MelScale::kaldi)
        return 1127 * std::log(1 + hertz / 700);
    return hertz < slaneyHertz ? 3 * hertz / 200 : slaneyMels + std::log(hertz / slaneyHertz) / slaneyStep();
}

double melToHertz(double mels, MelScale scale)
{
    if (scale == MelScale::htk)
        return 700 * (std::pow(10, mels / 2595) - 1);
    if (scale == MelScale::kaldi)
        return 700 * (std::exp(mels / 1127) - 1);
    return mels < slaneyMels ? 200 * mels / 3 : slaneyHertz * std::exp(slaneyStep() * (mels - slaneyMels));
}

MelFilterBank::MelFilterBank(const MelOptions& options)
    : frequencyBins_(options.frequencyBins), bands_(static_cast<std::size_t>(options.filters))
{
    const double low = hertzToMel(options.minimum, options.scale), high = hertzToMel(options.maximum, options.scale);
    const auto corner = [&](int i) { // where one triangle starts, the next peaks and the one before ends
        const double mels = low + (high - low) * i / (options.filters + 1);
        return options.triangularInMels ? mels : melToHertz(mels, options.scale);
    };
    const auto place = [&](int bin) { // upstream halves the rate in whole numbers, but only on the axis in Hz
        const int steps = options.frequencyBins - 1;
        return options.triangularInMels ? hertzToMel(options.samplingRate / (2.0 * steps) * bin, options.scale)
                                        : static_cast<double>(options.samplingRate / 2) * bin / steps;
    };
    std::vector<double> places(static_cast<std::size_t>(options.frequencyBins));
    for (int bin = 0; bin < options.frequencyBins; ++bin)
        places[static_cast<std::size_t>(bin)] = place(bin);

    for (int filter = 0; filter < options.filters; ++filter) {
        const double left = corner(filter), peak = corner(filter + 1), right = corner(filter + 2);
        const double scale = options.slaneyNorm ? 2 / (right - left) : 1;
        Band& band = bands_[static_cast<std::size_t>(filter)];
        for (int bin = 0; bin < options.frequencyBins; ++bin) {
            const double at = places[static_cast<std::size_t>(bin)];
            const double weight = std::min((at - left) / (peak - left), (right - at) / (right - peak));
            if (!(weight > 0))
                continue;
            if (band.weights.empty())
                band.first = bin;
            band.weights.push_back(weight * scale);
        }
    }
}

void MelFilterBank::apply(std::span<const double> spectrum, std::span<double> mels) const
{
    for (std::size_t filter = 0; filter < bands_.size(); ++filter) {
        const Band& band = bands_[filter];
        const double* const bins = spectrum.data() + band.first;
        double sum = 0;
        for (std::size_t i = 0; i < band.weights.size(); ++i)
            sum += band.weights[i] * bins[i];
        mels[filter] = sum;
    }
}

double MelFilterBank::weight(int bin, int filter) const
{
    const Band& band = bands_[static_cast<std::size_t>(filter)];
    const int place = bin - band.first;
    return place < 0 || place >= static_cast<int>(band.weights.size()) ? 0
                                                                       : band.weights[static_cast<std::size_t>(place)];
}

} // namespace earmark::neural
