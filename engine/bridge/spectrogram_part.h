// A spectrogram in pieces of 256 columns, as bytes, at powers of two of a millisecond a column: what views draw from, and what is kept in memory.
// Frequency axis, range and colours are applied when drawing, so changing them computes nothing anew. Thread: a plain value.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace earmark
{

struct SpectrogramPart {
    static constexpr int columns = 256;
    static constexpr float floor = -120; ///< decibels of byte 0; a byte is half a decibel

    int rows = 0;   ///< from 0 Hz to half the sample rate, evenly
    int filled = 0; ///< columns that are known
    std::vector<std::uint8_t> levels; ///< [column · rows + row]

    const std::uint8_t* column(int index) const { return levels.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(rows); }

    static std::uint8_t byteOf(float decibels) { return static_cast<std::uint8_t>(std::clamp(std::lround((decibels - floor) * 2), 0L, 255L)); }
    static float decibelsOf(std::uint8_t byte) { return floor + static_cast<float>(byte) / 2; }

    void append(std::span<const float> decibels)
    {
        for (const float value : decibels)
            levels.push_back(byteOf(value));
        ++filled;
    }
};

/// Seconds a column, from a millisecond up.
inline double columnSeconds(int level) { return 0.001 * static_cast<double>(std::int64_t{1} << level); }
inline double partSeconds(int level) { return columnSeconds(level) * SpectrogramPart::columns; }

} // namespace earmark
