#include "engine/bridge/picture_store.h"

#include <charconv>

#include "engine/audio/content_hash.h"
#include "engine/audio/peaks_bytes.h"

namespace earmark
{

namespace
{

constexpr std::uint64_t notWorthIt = 512u << 10; ///< bytes: what is smaller is decoded as quickly as it is found on disk
constexpr std::uint64_t quicklyRead = 32u << 20; ///< bytes

std::string exact(double value)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

} // namespace

PictureStore& PictureStore::user()
{
    static PictureStore store(DiskCache::userFolder("peaks"));
    return store;
}

std::optional<Peaks> PictureStore::peaks(const AudioClip& clip, ChannelChoice channel)
{
    const auto key = keyOf(clip, channel, false);
    const auto bytes = key ? cache_.get(*key) : std::nullopt;
    return bytes ? unpackPeaks(*bytes) : std::nullopt;
}

void PictureStore::keep(const AudioClip& clip, const Peaks& peaks, ChannelChoice channel)
{
    if (const auto key = keyOf(clip, channel, true))
        cache_.put(*key, packPeaks(peaks));
}

/// A file's hash is kept by its place, size and time of change, so that it is read for that once.
std::optional<std::string> PictureStore::contentOf(const AudioSource& source, bool readLarge)
{
    if (source.memory)
        return std::nullopt;
    const auto stamp = fileStamp(source.path);
    if (!stamp || source.length.value_or(stamp->size) < notWorthIt)
        return std::nullopt;
    std::string place = "content\n" + source.path + '\n' + std::to_string(source.offset) + '\n';
    place += (source.length ? std::to_string(*source.length) : "-") + '\n' + std::to_string(stamp->size) + '\n' + std::to_string(stamp->modified);
    if (auto known = cache_.get(place))
        return known;
    if (!readLarge && source.length.value_or(stamp->size) > quicklyRead)
        return std::nullopt;
    const auto hash = contentHash(source);
    if (!hash)
        return std::nullopt;
    cache_.put(place, *hash);
    return *hash;
}

std::optional<std::string> PictureStore::keyOf(const AudioClip& clip, ChannelChoice channel, bool readLarge)
{
    const auto content = contentOf(clip.source, readLarge);
    if (!content)
        return std::nullopt;
    return "peaks 1\n" + *content + '\n' + exact(clip.start) + '\n' + (clip.end ? exact(*clip.end) : "-") + '\n' + std::to_string(channel.index.value_or(-1));
}

} // namespace earmark
