// Several channels to one, in whatever type the samples are stored. Inside the room.
#pragma once

#include <cstddef>
#include <optional>

namespace earmark
{

/// `sample(channel, frame)` gives a float or double in −1…1; the mean is summed in double and rounded once.
template <class Sample> void mixChannels(float* out, std::size_t frames, int channels, std::optional<int> index, const Sample& sample)
{
    if (channels == 1 || index) {
        const int channel = index.value_or(0);
        for (std::size_t i = 0; i < frames; ++i)
            out[i] = static_cast<float>(sample(channel, i));
        return;
    }
    for (std::size_t i = 0; i < frames; ++i) {
        double sum = 0;
        for (int channel = 0; channel < channels; ++channel)
            sum += sample(channel, i);
        out[i] = static_cast<float>(sum / channels);
    }
}

} // namespace earmark
