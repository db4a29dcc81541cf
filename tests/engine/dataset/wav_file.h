// Sound files made on the spot, so that the repository needs none.
#pragma once

#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>

/// A tone of `hertz`, mono, 16 bits.
inline void writeWav(const std::string& path, double seconds, double hertz, int rate = 8000)
{
    const auto frames = static_cast<std::uint32_t>(seconds * rate);
    const auto number = [](std::uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i));
        return text;
    };
    std::string data;
    for (std::uint32_t i = 0; i < frames; ++i)
        data += number(static_cast<std::uint16_t>(std::lround(10000 * std::sin(6.283185307179586 * hertz * i / rate))), 2);
    std::ofstream(path, std::ios::binary) << "RIFF" << number(36 + frames * 2, 4) << "WAVEfmt " << number(16, 4) << number(1, 2) << number(1, 2)
                                          << number(static_cast<std::uint32_t>(rate), 4) << number(static_cast<std::uint32_t>(rate) * 2, 4)
                                          << number(2, 2) << number(16, 2) << "data" << number(frames * 2, 4) << data;
}
