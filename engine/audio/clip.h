// What names a stretch of sound: a source, and where in it. Plain values, known to every room above.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace earmark
{

/// A file, a byte range of a file, or bytes in memory.
struct AudioSource {
    std::string path;                    ///< bytes as the system has them; also names the source in messages
    std::uint64_t offset = 0;            ///< where the sound's container starts in the file, bytes
    std::optional<std::uint64_t> length; ///< its length in bytes; to the file's end where absent
    std::shared_ptr<const std::vector<std::byte>> memory; ///< where set, read instead of the file

    bool operator==(const AudioSource&) const = default;
};

struct AudioClip {
    AudioSource source;
    double start = 0;          ///< seconds
    std::optional<double> end; ///< seconds; the end of the source where absent

    bool operator==(const AudioClip&) const = default;
};

/// How several channels become one: their arithmetic mean, or one of them (from 0).
struct ChannelChoice {
    std::optional<int> index; ///< the mean where absent

    bool operator==(const ChannelChoice&) const = default;
};

} // namespace earmark
