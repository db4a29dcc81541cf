#include "engine/dataset/known_clips.h"

#include <cstring>

namespace earmark
{

namespace
{

/// A stretch of a file or of a content, as a key.
std::string stretchKey(const std::string& of, double start, std::optional<double> end)
{
    const double range[] = {start, end.value_or(-1)};
    char bytes[sizeof range];
    std::memcpy(bytes, range, sizeof range);
    return std::string(bytes, sizeof bytes) + of;
}

} // namespace

KnownClips::KnownClips(const Project::Private& project)
{
    Query sources(project.db(), "SELECT id, path, hash, file_size, file_time, sample_rate, channels, duration, container, codec FROM sources "
                                "WHERE offset=0 AND length=-1");
    while (sources.next())
        sources_[sources.bytes(1)] = {.id = sources.integer(0),
                                      .facts = {.hash = sources.bytes(2),
                                                .sampleRate = static_cast<int>(sources.integer(5)),
                                                .channels = static_cast<int>(sources.integer(6)),
                                                .duration = sources.number(7),
                                                .container = sources.text(8),
                                                .codec = sources.text(9),
                                                .fileSize = static_cast<std::uint64_t>(sources.integer(3)),
                                                .fileTime = sources.integer(4)}};
    Query clips(project.db(), "SELECT s.path, s.hash, c.start, c.finish FROM clips c JOIN sources s ON s.id=c.source AND s.offset=0 AND s.length=-1 "
                              "WHERE c.removed=0");
    while (clips.next())
        add(clips.bytes(0), clips.bytes(1), clips.number(2), clips.isNull(3) ? std::nullopt : std::optional(clips.number(3)));
}

KnownClips::Source* KnownClips::source(const std::string& kept)
{
    const auto found = sources_.find(kept);
    return found == sources_.end() ? nullptr : &found->second;
}

bool KnownClips::hasClip(const std::string& kept, double start, std::optional<double> end) const
{
    return clips_.contains(stretchKey(kept, start, end));
}

const std::string* KnownClips::sameContent(const std::string& hash, double start, std::optional<double> end) const
{
    const auto found = contents_.find(stretchKey(hash, start, end));
    return found == contents_.end() ? nullptr : &found->second;
}

void KnownClips::add(const std::string& kept, const std::string& hash, double start, std::optional<double> end)
{
    clips_.insert(stretchKey(kept, start, end));
    contents_.try_emplace(stretchKey(hash, start, end), kept);
}

} // namespace earmark
