// Sound files that tests write themselves: byte by byte where the format is simple.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/audio/clip.h"

namespace earmark::test
{

using Bytes = std::vector<std::byte>;

template <class T> void append(Bytes& bytes, T value)
{
    const auto* raw = reinterpret_cast<const std::byte*>(&value);
    bytes.insert(bytes.end(), raw, raw + sizeof value);
}

template <class T> void appendBigEndian(Bytes& bytes, T value)
{
    const auto* raw = reinterpret_cast<const std::byte*>(&value);
    for (std::size_t i = sizeof value; i-- > 0;)
        bytes.push_back(raw[i]);
}

inline void appendText(Bytes& bytes, const std::string& text)
{
    const auto* raw = reinterpret_cast<const std::byte*>(text.data());
    bytes.insert(bytes.end(), raw, raw + text.size());
}

/// How a WAV is written; `payload` holds the samples as they are to lie in the file.
struct WavShape {
    int rate = 16000;
    int channels = 1;
    int bits = 16;
    bool isFloat = false;
    bool extensible = false;
    bool rf64 = false;
    std::int64_t statedSize = -1; ///< what the header says, where it lies
};

inline Bytes wavBytes(const WavShape& shape, const Bytes& payload)
{
    const auto size = static_cast<std::uint64_t>(shape.statedSize >= 0 ? shape.statedSize : static_cast<std::int64_t>(payload.size()));
    const auto tag = static_cast<std::uint16_t>(shape.isFloat ? 3 : 1);
    const auto align = static_cast<std::uint16_t>(shape.channels * shape.bits / 8);
    Bytes bytes;
    appendText(bytes, shape.rf64 ? "RF64" : "RIFF");
    append(bytes, shape.rf64 ? 0xFFFFFFFFu : static_cast<std::uint32_t>(size + 36));
    appendText(bytes, "WAVE");
    if (shape.rf64) {
        appendText(bytes, "ds64");
        append(bytes, std::uint32_t{28});
        append(bytes, size + 72);
        append(bytes, size);
        append(bytes, size / align);
        append(bytes, std::uint32_t{0});
    }
    appendText(bytes, "fmt ");
    append(bytes, std::uint32_t{shape.extensible ? 40u : 16u});
    append(bytes, shape.extensible ? std::uint16_t{0xFFFE} : tag);
    append(bytes, static_cast<std::uint16_t>(shape.channels));
    append(bytes, static_cast<std::uint32_t>(shape.rate));
    append(bytes, static_cast<std::uint32_t>(shape.rate) * align);
    append(bytes, align);
    append(bytes, static_cast<std::uint16_t>(shape.bits));
    if (shape.extensible) {
        append(bytes, std::uint16_t{22});
        append(bytes, static_cast<std::uint16_t>(shape.bits));
        append(bytes, std::uint32_t{0});
        append(bytes, tag);
        appendText(bytes, std::string("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71", 14));
    }
    appendText(bytes, "data");
    append(bytes, shape.rf64 ? 0xFFFFFFFFu : static_cast<std::uint32_t>(size));
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

template <class T> Bytes payloadOf(const std::vector<T>& samples)
{
    Bytes bytes(samples.size() * sizeof(T));
    if (!bytes.empty())
        std::memcpy(bytes.data(), samples.data(), bytes.size());
    return bytes;
}

/// Interleaved samples of 16 bits as a WAV.
inline Bytes wav16(const std::vector<std::int16_t>& samples, int rate = 16000, int channels = 1)
{
    return wavBytes({.rate = rate, .channels = channels}, payloadOf(samples));
}

/// Always the same numbers, not periodic, spread over the whole range.
inline std::vector<std::int16_t> noise16(std::size_t count, std::uint32_t seed = 1)
{
    std::vector<std::int16_t> samples(count);
    for (auto& sample : samples) {
        seed = seed * 1664525u + 1013904223u;
        sample = static_cast<std::int16_t>(seed >> 16);
    }
    return samples;
}

inline AudioSource memorySource(Bytes bytes, std::string name = "test")
{
    return {.path = std::move(name), .memory = std::make_shared<const Bytes>(std::move(bytes))};
}

inline void writeBytes(const std::string& path, const Bytes& bytes)
{
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// Noise that swells, so that frames and clips differ.
inline void writeSwellingNoise(const std::string& path, int samples, std::uint32_t seed)
{
    std::vector<std::int16_t> noise;
    for (int i = 0; i < samples; ++i) {
        seed = seed * 1664525u + 1013904223u;
        noise.push_back(static_cast<std::int16_t>((static_cast<int>(seed >> 20) - 2048) * ((i / 300) % 7)));
    }
    writeBytes(path, wav16(noise));
}

} // namespace earmark::test
