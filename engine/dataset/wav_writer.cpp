#include "engine/dataset/wav_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "engine/base/file.h"

namespace earmark
{

namespace
{

void put(std::string& to, std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        to += static_cast<char>(value >> (8 * i));
}

std::string header(std::uint32_t dataBytes, int sampleRate, bool isFloat)
{
    const std::uint32_t sampleBytes = isFloat ? 4 : 2;
    std::string text = "RIFF";
    put(text, 36 + dataBytes, 4);
    text += "WAVEfmt ";
    put(text, 16, 4);
    put(text, isFloat ? 3 : 1, 2);
    put(text, 1, 2);
    put(text, static_cast<std::uint32_t>(sampleRate), 4);
    put(text, static_cast<std::uint32_t>(sampleRate) * sampleBytes, 4);
    put(text, sampleBytes, 2);
    put(text, sampleBytes * 8, 2);
    text += "data";
    put(text, dataBytes, 4);
    return text;
}

} // namespace

Result<void> writeWavFile(const std::string& path, std::span<const float> samples, int sampleRate, WavFormat format)
{
    const bool isFloat = format == WavFormat::float32;
    const std::uint64_t bytes = samples.size() * (isFloat ? 4 : 2);
    if (bytes > 0xFFFFFF00u)
        return failure("io.unwritable", "The clip for " + quoteName(path) + " is too long for a WAV file. Choose a shorter one.", path);
    std::string content = header(static_cast<std::uint32_t>(bytes), sampleRate, isFloat);
    content.reserve(content.size() + bytes);
    for (const float sample : samples) {
        if (isFloat)
            put(content, std::bit_cast<std::uint32_t>(sample), 4);
        else
            put(content, static_cast<std::uint32_t>(std::lround(std::clamp(sample * 32768.f, -32768.f, 32767.f))), 2);
    }
    return writeFileAtomically(path, content);
}

} // namespace earmark
