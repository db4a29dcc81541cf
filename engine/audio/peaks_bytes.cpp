#include "engine/audio/peaks_bytes.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace earmark
{

namespace
{

struct Header {
    char magic[8];
    double start;
    std::int64_t samples;
    std::int32_t sampleRate;
    std::int32_t levels;
};

constexpr char magic[8] = {'E', 'M', 'P', 'E', 'A', 'K', 'S', '1'}; // written in the machine's byte order: a cache does not travel

/// How many peaks each level has, the coarsest one.
std::vector<std::size_t> levelSizes(std::int64_t samples)
{
    std::vector<std::size_t> sizes;
    for (auto count = static_cast<std::size_t>((samples + Peaks::blockSize - 1) / Peaks::blockSize); count > 0; count = (count + Peaks::levelRatio - 1) / Peaks::levelRatio) {
        sizes.push_back(count);
        if (count == 1)
            break;
    }
    return sizes;
}

bool isPeak(const Peak& peak)
{
    return std::isfinite(peak.lowest) && std::isfinite(peak.highest) && std::isfinite(peak.effective) && peak.lowest <= peak.highest;
}

} // namespace

std::string packPeaks(const Peaks& peaks)
{
    Header header{.start = peaks.start, .samples = peaks.samples, .sampleRate = peaks.sampleRate, .levels = static_cast<std::int32_t>(peaks.levels.size())};
    std::memcpy(header.magic, magic, sizeof magic);
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
    for (const auto& level : peaks.levels)
        bytes.append(reinterpret_cast<const char*>(level.data()), level.size() * sizeof(Peak));
    return bytes;
}

std::optional<Peaks> unpackPeaks(std::string_view bytes)
{
    Header header;
    if (bytes.size() < sizeof header)
        return std::nullopt;
    std::memcpy(&header, bytes.data(), sizeof header);
    bytes.remove_prefix(sizeof header);
    const bool plausible = std::memcmp(header.magic, magic, sizeof magic) == 0 && header.sampleRate > 0 && std::isfinite(header.start) && header.start >= 0 &&
                           header.samples >= 0 && header.samples / Peaks::blockSize <= static_cast<std::int64_t>(bytes.size() / sizeof(Peak));
    if (!plausible)
        return std::nullopt;
    const std::vector<std::size_t> sizes = levelSizes(header.samples);
    std::size_t all = 0;
    for (const std::size_t size : sizes)
        all += size;
    if (static_cast<std::size_t>(header.levels) != sizes.size() || all * sizeof(Peak) != bytes.size())
        return std::nullopt;
    Peaks peaks{.sampleRate = header.sampleRate, .start = header.start, .samples = header.samples};
    for (const std::size_t size : sizes) {
        auto& level = peaks.levels.emplace_back(size);
        std::memcpy(level.data(), bytes.data(), size * sizeof(Peak));
        bytes.remove_prefix(size * sizeof(Peak));
        if (!std::ranges::all_of(level, isPeak))
            return std::nullopt;
    }
    return peaks;
}

} // namespace earmark
