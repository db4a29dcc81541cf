#include <algorithm>
#include <utility>

#include "engine/audio/content_hash.h"
#include "engine/dataset/paths.h"
#include "engine/dataset/project_private.h"

namespace earmark
{

namespace
{

/// A source whose file lies elsewhere now, perhaps.
struct Moved {
    std::int64_t id = 0;
    std::string path; ///< where it would be
    AudioSource source;
    SourceFacts facts;
    bool found = false;
};

/// `path` with `to` for the leading `from`; nothing where it does not lie there.
std::optional<std::string> movedPath(const std::string& path, const std::string& from, const std::string& to)
{
    if (path == from)
        return to;
    const std::string below = from.ends_with('/') ? from : from + '/';
    if (!path.starts_with(below))
        return std::nullopt;
    return (to.ends_with('/') ? to : to + '/') + path.substr(below.size());
}

std::vector<Moved> sourcesBelow(const Project::Private& project, const std::string& from, const std::string& to)
{
    std::vector<Moved> all;
    Query query(project.db(), "SELECT s.id, s.path, s.offset, s.length, s.file_size, s.file_time, s.hash FROM sources s WHERE EXISTS "
                              "(SELECT 1 FROM clips c WHERE c.source=s.id AND c.removed=0) ORDER BY s.id");
    while (query.next()) {
        const auto path = movedPath(resolvedPath(query.bytes(1), project.folder), from, to);
        if (!path)
            continue;
        Moved& moved = all.emplace_back(Moved{.id = query.integer(0), .path = *path, .source = {.path = *path}});
        moved.source.offset = static_cast<std::uint64_t>(query.integer(2));
        if (query.integer(3) >= 0)
            moved.source.length = static_cast<std::uint64_t>(query.integer(3));
        moved.facts.fileSize = static_cast<std::uint64_t>(query.integer(4));
        moved.facts.fileTime = query.integer(5);
        moved.facts.hash = query.bytes(6);
    }
    return all;
}

/// Where the time is the same as well, the content is taken to be; else it is read. The facts' time becomes that of the file.
bool holdsTheSame(Moved& moved, const FileStamp& file)
{
    if (file.size != moved.facts.fileSize)
        return false;
    if (std::exchange(moved.facts.fileTime, file.modified) == file.modified)
        return true;
    const auto hash = contentHash(moved.source);
    return hash && *hash == moved.facts.hash;
}

/// The source at the new place: the facts of a place are no edit, so undo leaves them and only takes the clips back.
std::int64_t sourceAt(Project::Private& project, const Moved& moved)
{
    const std::string kept = keptPath(moved.path, project.folder);
    Query(project.db(), "INSERT INTO sources(path, offset, length, file_size, file_time, hash, sample_rate, channels, duration, container, codec) "
                        "SELECT ?, offset, length, file_size, ?, hash, sample_rate, channels, duration, container, codec FROM sources WHERE id=? "
                        "ON CONFLICT(path, offset, length) DO UPDATE SET file_size=excluded.file_size, file_time=excluded.file_time, "
                        "hash=excluded.hash, sample_rate=excluded.sample_rate, channels=excluded.channels, duration=excluded.duration, "
                        "container=excluded.container, codec=excluded.codec")
        .bind(Bytes{kept}, moved.facts.fileTime, moved.id)
        .run();
    Query find(project.db(), "SELECT n.id FROM sources n JOIN sources o ON o.id=? AND n.path=? AND n.offset=o.offset AND n.length=o.length");
    if (!find.bind(moved.id, Bytes{kept}).next())
        throw Damage{"a clip's place cannot be written"};
    return find.integer(0);
}

void moveClips(Project::Private& project, const Moved& moved, std::vector<ClipId>& clips)
{
    const std::int64_t source = sourceAt(project, moved);
    if (source == moved.id)
        return;
    std::vector<ClipId> here;
    {
        Query query(project.db(), "SELECT id FROM clips WHERE source=? AND removed=0 ORDER BY id");
        query.bind(moved.id);
        while (query.next())
            here.push_back(query.integer(0));
    }
    for (const ClipId clip : here)
        Query(project.db(), "UPDATE clips SET source=? WHERE id=?").bind(source, clip).run();
    clips.insert(clips.end(), here.begin(), here.end());
}

} // namespace

Result<Relocation> Project::relocate(const std::string& from, const std::string& to,
                                     const std::function<void(std::size_t done, std::size_t total)>& progress, std::stop_token stop)
{
    Relocation relocation;
    std::vector<Moved> sources;
    const std::string before = absolutePath(from), after = absolutePath(to);
    EARMARK_TRY_VOID(d_->read([&] { sources = sourcesBelow(*d_, before, after); }));
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (stop.stop_requested())
            return Relocation{.stopped = true};
        const auto file = fileStamp(sources[i].path);
        sources[i].found = file && holdsTheSame(sources[i], *file);
        ++(sources[i].found ? relocation.found : file ? relocation.other : relocation.missing);
        if (progress)
            progress(i + 1, sources.size());
    }
    if (relocation.found == 0)
        return relocation;
    EARMARK_TRY_VOID(d_->edit("Relocate " + std::to_string(relocation.found) + (relocation.found == 1 ? " file" : " files"), [&](ChangeRecorder&) {
        for (const Moved& moved : sources)
            if (moved.found)
                moveClips(*d_, moved, relocation.clips);
    }));
    std::ranges::sort(relocation.clips);
    return relocation;
}

} // namespace earmark
