#include "engine/neural/features/window.h"

#include <cmath>
#include <numbers>

namespace earmark::neural
{

std::vector<double> windowFunction(WindowShape shape, int length, bool periodic)
{
    const int symmetric = periodic ? length + 1 : length;
    const auto cosine = [&](double mean, double swing, int i) { // NumPy's: the argument is symmetric about the middle
        return symmetric == 1 ? 1.0
                              : mean + swing * std::cos(std::numbers::pi * (1 - symmetric + 2 * i) / (symmetric - 1));
    };
    std::vector<double> window(static_cast<std::size_t>(length), 1.0);
    for (int i = 0; i < length; ++i) {
        double& value = window[static_cast<std::size_t>(i)];
        if (shape == WindowShape::hamming)
            value = cosine(0.54, 0.46, i);
        else if (shape == WindowShape::hann)
            value = cosine(0.5, 0.5, i);
        else if (shape == WindowShape::povey)
            value = std::pow(cosine(0.5, 0.5, i), 0.85);
    }
    return window;
}

} // namespace earmark::neural
