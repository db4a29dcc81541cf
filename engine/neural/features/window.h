// Analysis windows. Thread: any.
#pragma once

#include <vector>

namespace earmark::neural
{

enum class WindowShape { boxcar, hamming, hann, povey };

/// `transformers.audio_utils.window_function`: periodic windows are one sample short of symmetric ones.
std::vector<double> windowFunction(WindowShape shape, int length, bool periodic = true);

} // namespace earmark::neural
