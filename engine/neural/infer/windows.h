// Windows over a clip of any length, read block by block, so that a file of hours never lies in memory whole. Thread: made and asked by one; it
// reads the next block on a thread of its own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/decode.h"
#include "engine/compute/sample.h"
#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/infer/read_ahead.h"

namespace earmark::neural
{

struct ReadWindow {
    double start = 0; ///< seconds from the start of the clip
    double end = 0;   ///< of what was heard: before start + window where the clip ends in it
    Features features;
};

class WindowReader
{
public:
    struct Options {
        double window = 0;    ///< seconds
        double hop = 0;       ///< seconds
        bool padsLast = true; ///< with silence; else the last window is what is left, and left out where that is less than half of one, as in training
        ChannelChoice channel;
    };
    /// `sample` and `extractor` must outlive the reader.
    WindowReader(const Sample& sample, const FeatureExtractor& extractor, const Options& options);

    /// The next stretch of windows, all of one length but for the last where it is not padded; nothing at the end or after an error.
    std::optional<std::vector<ReadWindow>> next();

    const std::vector<Remark>& warnings() const { return warnings_; }
    const std::optional<Error>& error() const { return error_; }

private:
    struct Block {
        std::vector<ReadWindow> windows;
        std::vector<Remark> warnings;
        std::optional<Error> error;
        bool last = false;
    };

    Block read(std::size_t index);
    Block readBlock(std::size_t index) const;
    std::optional<Error> cut(const std::vector<float>& samples, std::int64_t first, Block& block) const;

    const Sample& sample_;
    const FeatureExtractor& extractor_;
    const std::int64_t window_; ///< samples
    const std::int64_t hop_;
    const std::int64_t perBlock_; ///< windows
    const bool padsLast_;
    const ChannelChoice channel_;
    const double end_; ///< of the clip in its source, seconds; infinity where nobody knows
    std::vector<Remark> warnings_;
    std::optional<Error> error_;
    bool ended_ = false;
    bool isRead_ = false; ///< to its end; of the reading thread
    ReadAhead<Block> blocks_; ///< last: its thread uses all of the above
};

} // namespace earmark::neural
