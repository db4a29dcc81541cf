// A waveform for the eye: lowest, highest and effective value of every block of samples, at several zoom levels. Thread: any.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/audio/decode.h"

namespace earmark
{

struct Peak {
    float lowest = 0;
    float highest = 0;
    float effective = 0; ///< root of the mean square

    bool operator==(const Peak&) const = default;
};

/// Level 0 has a peak for every `blockSize` samples, each further level one for every `levelRatio` peaks of the level below; the last peak of each may stand
/// for fewer. A plain value that can be stored as it is.
struct Peaks {
    static constexpr int blockSize = 256;
    static constexpr int levelRatio = 4;

    int sampleRate = 0;       ///< Hz
    double start = 0;         ///< seconds in the source
    std::int64_t samples = 0; ///< in all
    std::vector<std::vector<Peak>> levels;

    bool operator==(const Peaks&) const = default;
};

/// Makes peaks while the samples come. Samples that are no numbers count as silence.
class PeaksBuilder
{
public:
    void push(std::span<const float> samples);
    /// All levels, until one has a single peak. The builder is empty afterwards.
    Peaks finish(int sampleRate, double start = 0);
    /// The same of what came so far; the builder goes on.
    Peaks soFar(int sampleRate, double start = 0) const { return PeaksBuilder(*this).finish(sampleRate, start); }
    std::int64_t samples() const { return samples_; }

private:
    struct Running {
        float lowest = 0;
        float highest = 0;
        double energy = 0;
        std::int64_t samples = 0;
        int parts = 0;

        void add(const Running& other);
        Peak peak() const;
    };
    void close(std::size_t level, const Running& block);

    std::vector<std::vector<Peak>> levels_;
    std::vector<Running> running_; ///< a block a level, being filled
    std::int64_t samples_ = 0;
};

/// Decodes the clip block by block; it is never in memory whole. Errors: as decodeAudio; any, where it was stopped.
Result<Peaks> computePeaks(const AudioClip& clip, ChannelChoice channel = {}, std::stop_token stop = {});

/// `columns` peaks for the seconds [start, end) of the source, out of the coarsest level that is fine enough. Columns beyond the sound are zero.
/// Finer than level 0 a column repeats its block: draw the samples themselves there.
std::vector<Peak> peaksBetween(const Peaks& peaks, double start, double end, int columns);

} // namespace earmark
