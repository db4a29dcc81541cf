// Peaks of larger files on disk, by what the sound is: its content, the range and the channel. A second look at a file needs no decoding, also after it was moved.
// Thread: any, several at once.
#pragma once

#include <optional>
#include <string>

#include "engine/audio/peaks.h"
#include "engine/cache/disk_cache.h"

namespace earmark
{

class PictureStore
{
public:
    explicit PictureStore(std::string folder, std::uint64_t limit = std::uint64_t{512} << 20) : cache_(std::move(folder), limit) {}

    /// The one in the user's cache folder.
    static PictureStore& user();

    /// Quick: a large file that was never seen at its place is not read to find out what it is.
    std::optional<Peaks> peaks(const AudioClip& clip, ChannelChoice channel = {});
    /// Reads the file where its content is not known yet.
    void keep(const AudioClip& clip, const Peaks& peaks, ChannelChoice channel = {});

    void setLimit(std::uint64_t bytes) { cache_.setLimit(bytes); }
    std::uint64_t size() const { return cache_.size(); } ///< bytes on disk; reads the folder
    void clear() { cache_.clear(); }

private:
    std::optional<std::string> contentOf(const AudioSource& source, bool readLarge);
    std::optional<std::string> keyOf(const AudioClip& clip, ChannelChoice channel, bool readLarge);

    DiskCache cache_;
};

} // namespace earmark
