// Where each packet of a compressed stream lies and which samples it gives: learnt once a file by demuxing without decoding, so that ten seconds
// out of three hours cost ten seconds' decoding. Inside the room. Thread: any.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/audio/ffmpeg_input.h"

namespace earmark
{

/// Samples are counted raw: as the decoder gives them before encoder delay and padding are cut off.
class PacketIndex
{
public:
    struct Entry {
        std::int64_t offset; ///< bytes, as the demuxer states it; several packets may share one
        std::int64_t pts;    ///< in the stream's time base
        std::int64_t start;  ///< raw position of its first sample
        std::uint32_t size;  ///< bytes
        std::uint32_t hash;  ///< of the bytes
    };

    /// Never null; one that is not usable() means: read from the start.
    static std::shared_ptr<const PacketIndex> of(const std::shared_ptr<const ByteSource>& bytes);

    bool usable() const { return usable_; }
    const std::vector<Entry>& entries() const { return entries_; }
    std::int64_t delay() const { return delay_; } ///< raw samples cut off at the start
    std::int64_t end() const { return end_; }     ///< raw position of the end, padding cut off

    /// The last packet that starts at or before a raw position.
    std::size_t packetAt(std::int64_t position) const;
    /// Where decoding must begin for packet `packet` to come out as in a decoding of the whole.
    std::size_t rollIn(std::size_t packet) const;

    /// Recognises packets after a seek, fed in order. Several packets at one offset are told apart by counting from the first of them.
    class Recogniser
    {
    public:
        explicit Recogniser(const PacketIndex& index) : index_(index) {}
        std::optional<std::size_t> next(const AVPacket& packet);

    private:
        const PacketIndex& index_;
        std::int64_t offset_ = -1;
        std::size_t count_ = 0;
    };

private:
    friend class IndexBuilder;
    std::vector<Entry> entries_;
    std::int64_t delay_ = 0;
    std::int64_t end_ = 0;
    std::int64_t memory_ = 0; ///< samples after which a decoder has forgotten what was before
    bool usable_ = false;
};

} // namespace earmark
