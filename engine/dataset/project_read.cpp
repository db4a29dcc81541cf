#include <algorithm>
#include <cstring>
#include <limits>
#include <sys/stat.h>

#include "engine/dataset/paths.h"
#include "engine/dataset/project_private.h"
#include "engine/dataset/store/schema.h"

namespace earmark
{

namespace
{

void demand(bool holds, const char* what)
{
    if (!holds)
        throw Damage{what};
}

int smallNumber(std::int64_t value, const char* what)
{
    demand(value >= 0 && value <= std::numeric_limits<int>::max(), what);
    return static_cast<int>(value);
}

/// Three columns from `column` on: name, time, origin.
Stamp readStamp(Query& query, int column)
{
    const std::int64_t origin = query.integer(column + 2);
    demand(origin >= 0 && origin <= static_cast<int>(Origin::model), "an origin is unknown");
    return Stamp{query.text(column), query.integer(column + 1), static_cast<Origin>(origin)};
}

std::optional<double> readOptional(Query& query, int column)
{
    return query.isNull(column) ? std::nullopt : std::optional(query.number(column));
}

constexpr const char* selectClips =
    "SELECT c.id, s.path, s.offset, s.length, c.start, c.finish, c.group_name, s.hash, s.sample_rate, s.channels, s.duration, "
    "s.container, s.codec, s.file_size, s.file_time, p.name, c.time, c.origin FROM clips c LEFT JOIN sources s ON s.id=c.source "
    "LEFT JOIN people p ON p.id=c.person WHERE c.removed=0 AND c.id BETWEEN ? AND ? ORDER BY c.id";

AudioSource readSource(Query& query, const std::string& folder)
{
    const std::string kept = query.bytes(1);
    demand(!kept.empty() && kept.find('\0') == std::string::npos, "a clip has no file");
    const std::int64_t offset = query.integer(2);
    const std::int64_t length = query.integer(3);
    demand(offset >= 0 && length >= -1, "a clip's byte range is wrong");
    AudioSource source{.path = resolvedPath(kept, folder), .offset = static_cast<std::uint64_t>(offset)};
    if (length >= 0)
        source.length = static_cast<std::uint64_t>(length);
    return source;
}

SourceFacts readFacts(Query& query)
{
    SourceFacts facts{.hash = query.bytes(7),
                      .sampleRate = smallNumber(query.integer(8), "a sample rate is wrong"),
                      .channels = smallNumber(query.integer(9), "a number of channels is wrong"),
                      .duration = query.number(10),
                      .container = query.text(11),
                      .codec = query.text(12),
                      .fileSize = static_cast<std::uint64_t>(query.integer(13)),
                      .fileTime = query.integer(14)};
    demand(facts.duration >= 0, "a duration is negative");
    return facts;
}

Clip readClip(Query& query, const std::string& folder)
{
    demand(!query.isNull(1), "a clip has no source");
    Clip clip;
    clip.id = query.integer(0);
    clip.name = query.bytes(1);
    clip.audio.source = readSource(query, folder);
    clip.audio.start = query.number(4);
    clip.audio.end = readOptional(query, 5);
    demand(clip.audio.start >= 0 && (!clip.audio.end || *clip.audio.end > clip.audio.start), "a clip's range is wrong");
    clip.group = query.text(6);
    clip.facts = readFacts(query);
    clip.added = readStamp(query, 15);
    return clip;
}

constexpr const char* selectRegions =
    "SELECT r.clip, r.id, r.start, r.finish, r.low, r.high, p.name, r.time, r.origin FROM regions r LEFT JOIN people p ON p.id=r.person "
    "WHERE r.clip BETWEEN ? AND ? ORDER BY r.clip, r.id";

Region readRegion(Query& query)
{
    Region region{.id = query.integer(1),
                  .start = query.number(2),
                  .end = query.number(3),
                  .low = readOptional(query, 4),
                  .high = readOptional(query, 5),
                  .stamp = readStamp(query, 6)};
    demand(region.start >= 0 && region.end > region.start, "a region's range is wrong");
    return region;
}

constexpr const char* selectAnnotations =
    "SELECT a.clip, a.kind, a.region, l.name, a.value, a.text, p.name, a.time, a.origin FROM annotations a LEFT JOIN labels l ON l.id=a.label "
    "LEFT JOIN people p ON p.id=a.person WHERE a.clip BETWEEN ? AND ? ORDER BY a.clip, a.id";

void readLabel(Query& query, Clip& clip)
{
    demand(!query.isNull(3), "a label is not in the label set");
    if (query.isNull(2)) {
        clip.labels.push_back({query.text(3), readStamp(query, 6)});
        return;
    }
    const auto region = std::ranges::find(clip.regions, query.integer(2), &Region::id);
    demand(region != clip.regions.end(), "a label belongs to no region");
    region->labels.push_back(query.text(3));
}

void readAnnotation(Query& query, Clip& clip)
{
    switch (query.integer(1)) {
    case static_cast<int>(AnnotationKind::label):
        return readLabel(query, clip);
    case static_cast<int>(AnnotationKind::number):
        clip.numbers.push_back({query.text(5), query.number(4), readStamp(query, 6)});
        return;
    case static_cast<int>(AnnotationKind::transcript):
        clip.transcript = ClipText{query.text(5), readStamp(query, 6)};
        return;
    case static_cast<int>(AnnotationKind::note):
        clip.note = ClipText{query.text(5), readStamp(query, 6)};
        return;
    case static_cast<int>(AnnotationKind::state): {
        const double state = query.number(4);
        demand(state >= 0 && state <= static_cast<int>(ClipState::excluded), "a clip's state is unknown");
        clip.state = static_cast<ClipState>(static_cast<int>(state));
        clip.stateStamp = readStamp(query, 6);
        return;
    }
    default:
        throw Damage{"a kind of annotation is unknown"};
    }
}

constexpr const char* selectCells = "SELECT x.clip, n.name, x.value FROM cells x LEFT JOIN columns n ON n.id=x.name "
                                    "WHERE x.clip BETWEEN ? AND ? ORDER BY x.clip, x.name";

/// Rows of another table that belong to clips, read along with them: both sides come in the clips' order.
class Follower
{
public:
    Follower(Database& database, const char* sql, ClipId first, ClipId last) : query_(database, sql)
    {
        query_.bind(first, last);
        more_ = query_.next();
    }
    template <class Take> void upTo(ClipId clip, Take&& take)
    {
        for (; more_ && query_.integer(0) <= clip; more_ = query_.next())
            if (query_.integer(0) == clip)
                take(query_);
    }

private:
    Query query_;
    bool more_ = false;
};

std::vector<std::pair<std::string, std::size_t>> counts(Database& database, const char* sql)
{
    std::vector<std::pair<std::string, std::size_t>> result;
    Query query(database, sql);
    while (query.next())
        result.emplace_back(query.text(0), static_cast<std::size_t>(query.integer(1)));
    return result;
}

std::int64_t single(Database& database, const char* sql)
{
    Query query(database, sql);
    return query.next() ? query.integer(0) : 0;
}

} // namespace

void Project::Private::visitClips(ClipId first, ClipId last, const std::function<bool(Clip&)>& visit) const
{
    Query clips(db(), selectClips);
    clips.bind(first, last);
    Follower regions(db(), selectRegions, first, last);
    Follower annotations(db(), selectAnnotations, first, last);
    Follower cells(db(), selectCells, first, last);
    while (clips.next()) {
        Clip clip = readClip(clips, folder);
        regions.upTo(clip.id, [&](Query& row) { clip.regions.push_back(readRegion(row)); });
        annotations.upTo(clip.id, [&](Query& row) { readAnnotation(row, clip); });
        cells.upTo(clip.id, [&](Query& row) { clip.columns.emplace_back(row.text(1), row.text(2)); });
        std::ranges::stable_sort(clip.regions, {}, &Region::start);
        if (!visit(clip))
            return;
    }
}

void Project::Private::requireClip(ClipId clip) const
{
    Query query(db(), "SELECT 1 FROM clips WHERE id=? AND removed=0");
    if (!query.bind(clip).next())
        refuse("project.invalid_edit", "The project " + quoteName(path) + " has no clip " + std::to_string(clip) + ".", path);
}

Result<ProjectSummary> Project::summary() const
{
    return d_->read([&] {
        Database& db = d_->db();
        ProjectSummary summary{.path = d_->path, .schemaVersion = currentSchemaVersion()};
        Query totals(db, "SELECT count(*), coalesce(sum(max(0, coalesce(c.finish, s.duration) - c.start)), 0), "
                         "count(DISTINCT nullif(c.group_name, '')) FROM clips c JOIN sources s ON s.id=c.source WHERE c.removed=0");
        totals.next();
        summary.clips = static_cast<std::size_t>(totals.integer(0));
        summary.seconds = totals.number(1);
        summary.groups = static_cast<std::size_t>(totals.integer(2));
        summary.labelled = static_cast<std::size_t>(single(db, "SELECT count(DISTINCT a.clip) FROM annotations a JOIN clips c ON c.id=a.clip "
                                                               "AND c.removed=0 WHERE a.kind IN (0, 1)"));
        summary.regions = static_cast<std::size_t>(single(db, "SELECT count(*) FROM regions r JOIN clips c ON c.id=r.clip AND c.removed=0"));
        summary.transcripts = static_cast<std::size_t>(single(db, "SELECT count(*) FROM annotations a JOIN clips c ON c.id=a.clip AND c.removed=0 "
                                                                  "WHERE a.kind=2"));
        summary.runs = static_cast<std::size_t>(single(db, "SELECT count(*) FROM runs"));
        summary.labels = counts(db, "SELECT l.name, (SELECT count(DISTINCT a.clip) FROM annotations a JOIN clips c ON c.id=a.clip AND c.removed=0 "
                                    "WHERE a.kind=0 AND a.label=l.id) FROM labels l ORDER BY l.position, l.id");
        summary.numbers = counts(db, "SELECT coalesce(nullif(a.text, ''), 'value'), count(*) FROM annotations a JOIN clips c ON c.id=a.clip AND c.removed=0 WHERE a.kind=1 "
                                     "GROUP BY a.text ORDER BY a.text");
        summary.splits = counts(db, "SELECT s.name, (SELECT count(*) FROM members m JOIN clips c ON c.id=m.clip AND c.removed=0 "
                                    "WHERE m.split=s.id) FROM splits s ORDER BY s.id");
        for (auto& [column, ignored] : counts(db, "SELECT name, 0 FROM columns ORDER BY id"))
            summary.columns.push_back(column);
        return summary;
    });
}

Result<std::vector<ClipId>> Project::clipIds() const
{
    return d_->read([&] {
        std::vector<ClipId> ids;
        Query query(d_->db(), "SELECT id FROM clips WHERE removed=0 ORDER BY id");
        while (query.next())
            ids.push_back(query.integer(0));
        return ids;
    });
}

Result<Clip> Project::clip(ClipId id) const
{
    return d_->read([&] {
        d_->requireClip(id);
        Clip found;
        d_->visitClips(id, id, [&](Clip& clip) {
            found = std::move(clip);
            return false;
        });
        return found;
    });
}

Result<std::vector<Clip>> Project::clips(std::span<const ClipId> ids) const
{
    return d_->read([&] {
        std::vector<Clip> found;
        for (const ClipId id : ids)
            d_->visitClips(id, id, [&](Clip& clip) {
                found.push_back(std::move(clip));
                return false;
            });
        return found;
    });
}

Result<void> Project::forEachClip(const std::function<bool(const Clip&)>& visit) const
{
    return d_->read([&] { d_->visitClips(0, std::numeric_limits<ClipId>::max(), [&](Clip& clip) { return visit(clip); }); });
}

Result<std::vector<std::string>> Project::columns() const
{
    return d_->read([&] {
        std::vector<std::string> columns;
        Query query(d_->db(), "SELECT name FROM columns ORDER BY id");
        while (query.next())
            columns.push_back(query.text(0));
        return columns;
    });
}

Result<std::vector<LabelClass>> Project::labels() const
{
    return d_->read([&] {
        std::vector<LabelClass> classes;
        Query query(d_->db(), "SELECT id, name, colour, key FROM labels ORDER BY position, id");
        while (query.next())
            classes.push_back({query.integer(0), query.text(1), query.text(2), query.text(3)});
        return classes;
    });
}

Result<std::vector<FileChange>> Project::changedFiles() const
{
    return d_->read([&] {
        std::vector<FileChange> changes;
        Query query(d_->db(), "SELECT s.path, s.file_size, s.file_time, count(*) FROM sources s JOIN clips c ON c.source=s.id AND c.removed=0 "
                              "GROUP BY s.id ORDER BY s.path");
        while (query.next()) {
            const std::string path = resolvedPath(query.bytes(0), d_->folder);
            struct stat facts {};
            const bool missing = ::stat(path.c_str(), &facts) != 0;
            const std::int64_t time = std::int64_t(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec;
            if (missing || facts.st_size != query.integer(1) || time != query.integer(2))
                changes.push_back({path, missing, static_cast<std::size_t>(query.integer(3))});
        }
        return changes;
    });
}

} // namespace earmark
