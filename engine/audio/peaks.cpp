#include "engine/audio/peaks.h"

#include <algorithm>
#include <cmath>

namespace earmark
{

void PeaksBuilder::Running::add(const Running& other)
{
    lowest = parts == 0 ? other.lowest : std::min(lowest, other.lowest);
    highest = parts == 0 ? other.highest : std::max(highest, other.highest);
    energy += other.energy;
    samples += other.samples;
    ++parts;
}

Peak PeaksBuilder::Running::peak() const
{
    return {lowest, highest, static_cast<float>(std::sqrt(energy / static_cast<double>(std::max<std::int64_t>(samples, 1))))};
}

void PeaksBuilder::push(std::span<const float> samples)
{
    if (running_.empty())
        running_.resize(1);
    samples_ += static_cast<std::int64_t>(samples.size());
    for (float sample : samples) {
        if (!std::isfinite(sample))
            sample = 0;
        running_[0].add({sample, sample, static_cast<double>(sample) * static_cast<double>(sample), 1, 1});
        if (running_[0].parts == Peaks::blockSize)
            close(0, running_[0]);
    }
}

/// Stores a level's block and hands it on to the level above.
void PeaksBuilder::close(std::size_t level, const Running& given)
{
    const Running block = given; // running_ may grow
    levels_.resize(std::max(levels_.size(), level + 1));
    running_.resize(std::max(running_.size(), level + 2));
    levels_[level].push_back(block.peak());
    running_[level] = {};
    running_[level + 1].add(block);
    if (running_[level + 1].parts == Peaks::levelRatio)
        close(level + 1, running_[level + 1]);
}

Peaks PeaksBuilder::finish(int sampleRate, double start)
{
    for (std::size_t level = 0; level < running_.size(); ++level) {
        const bool atTop = level > 0 && levels_[level - 1].size() == 1;
        if (atTop)
            break;
        if (running_[level].parts > 0)
            close(level, running_[level]);
    }
    Peaks peaks{sampleRate, start, samples_, std::move(levels_)};
    *this = {};
    return peaks;
}

Result<Peaks> computePeaks(const AudioClip& clip, ChannelChoice channel, std::stop_token stop)
{
    EARMARK_TRY(const AudioFacts facts, probeAudio(clip.source));
    PeaksBuilder builder;
    EARMARK_TRY(const auto warnings, streamAudio(clip, channel, [&](std::span<const float> block) -> Result<void> {
        if (stop.stop_requested())
            return failure("internal", "stopped");
        builder.push(block);
        return {};
    }));
    (void)warnings; // whoever decodes the clip hears them
    return builder.finish(facts.sampleRate, clip.start);
}

std::vector<Peak> peaksBetween(const Peaks& peaks, double start, double end, int columns)
{
    std::vector<Peak> result(static_cast<std::size_t>(std::max(columns, 0)));
    if (peaks.levels.empty() || result.empty() || !(end > start))
        return result;
    const double first = (start - peaks.start) * peaks.sampleRate;
    const double perColumn = (end - start) * peaks.sampleRate / columns; // samples
    std::size_t level = 0;
    double size = Peaks::blockSize;
    for (; level + 1 < peaks.levels.size() && size * Peaks::levelRatio <= perColumn; ++level)
        size *= Peaks::levelRatio;
    const std::vector<Peak>& blocks = peaks.levels[level];
    for (int column = 0; column < columns; ++column) {
        const double from = std::max(0.0, std::floor((first + column * perColumn) / size));
        const double to = std::min(static_cast<double>(blocks.size()), std::ceil((first + (column + 1) * perColumn) / size));
        double energy = 0;
        double samples = 0;
        Peak& peak = result[static_cast<std::size_t>(column)];
        for (double at = from; at < to; ++at) {
            const Peak& block = blocks[static_cast<std::size_t>(at)];
            peak.lowest = at == from ? block.lowest : std::min(peak.lowest, block.lowest);
            peak.highest = at == from ? block.highest : std::max(peak.highest, block.highest);
            const double weight = std::min(size, static_cast<double>(peaks.samples) - at * size); // the last block may be short
            energy += weight * static_cast<double>(block.effective) * static_cast<double>(block.effective);
            samples += weight;
        }
        if (samples > 0)
            peak.effective = static_cast<float>(std::sqrt(energy / samples));
    }
    return result;
}

} // namespace earmark
