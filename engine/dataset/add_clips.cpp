#include "engine/dataset/add_clips.h"

#include <algorithm>
#include <cmath>

#include "engine/base/utf8.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

void requireUsable(const NewClip& clip)
{
    const AudioClip& audio = clip.audio;
    const auto bad = [&](const std::string& what) { refuse("project.invalid_edit", what, audio.source.path); };
    if (audio.source.path.empty() || audio.source.path.find('\0') != std::string::npos)
        bad("A clip needs a file. Name one.");
    if (!std::isfinite(audio.start) || audio.start < 0 || (audio.end && !(std::isfinite(*audio.end) && *audio.end > audio.start)))
        bad("A clip of " + quoteName(audio.source.path) + " does not end after it starts. Check its times.");
    for (const auto& [name, value] : clip.numbers)
        if (!std::isfinite(value))
            bad("A number of " + quoteName(audio.source.path) + " is not finite. Correct it.");
    if (!std::isfinite(clip.facts.duration) || clip.facts.duration < 0)
        bad("The duration of " + quoteName(audio.source.path) + " makes no sense. Correct it.");
}

std::int64_t storedLength(const AudioSource& source) { return source.length ? static_cast<std::int64_t>(*source.length) : -1; }

} // namespace

ClipAdder::ClipAdder(Project::Private& project, ChangeRecorder& recorder, Origin origin)
    : project_(project), recorder_(recorder), origin_(origin), person_(project.person()), time_(currentTime())
{
    recorder_.pause(true);
}

ClipId ClipAdder::add(const NewClip& clip)
{
    requireUsable(clip);
    Query(project_.db(), "INSERT INTO clips(source, start, finish, group_name, removed, person, time, origin) VALUES(?,?,?,?,1,?,?,?)")
        .bind(sourceId(clip), clip.audio.start, clip.audio.end, toUtf8(clip.group), person_, time_, static_cast<int>(origin_))
        .run();
    const ClipId id = project_.db().sqlite().getLastInsertRowid();
    fill(id, clip);
    added_.push_back(id);
    if (!clip.split.empty()) {
        auto split = std::ranges::find(splits_, clip.split, [](const auto& entry) { return entry.first; });
        if (split == splits_.end())
            split = splits_.insert(split, {clip.split, {}});
        split->second.push_back(id);
    }
    return id;
}

void ClipAdder::fill(ClipId id, const NewClip& clip)
{
    std::vector<std::int64_t> seen;
    for (const std::string& label : clip.labels) {
        const std::int64_t number = labelId(label);
        if (std::ranges::find(seen, number) != seen.end())
            continue;
        seen.push_back(number);
        annotate(id, AnnotationKind::label, number, std::nullopt, std::nullopt);
    }
    for (const auto& [name, value] : clip.numbers)
        annotate(id, AnnotationKind::number, std::nullopt, value, toUtf8(name));
    if (clip.transcript)
        annotate(id, AnnotationKind::transcript, std::nullopt, std::nullopt, toUtf8(*clip.transcript));
    for (const auto& [name, value] : clip.columns)
        Query(project_.db(), "INSERT OR REPLACE INTO cells(clip, name, value) VALUES(?,?,?)").bind(id, columnId(name), toUtf8(value)).run();
}

void ClipAdder::finish()
{
    recorder_.pause(false);
    for (const ClipId id : added_)
        Query(project_.db(), "UPDATE clips SET removed=0 WHERE id=?").bind(id).run();
    appendToSplits();
}

void ClipAdder::appendToSplits()
{
    Database& db = project_.db();
    for (const auto& [name, clips] : splits_) {
        Query find(db, "SELECT s.id, coalesce(max(m.position), 0) FROM splits s LEFT JOIN members m ON m.split=s.id WHERE s.name=? GROUP BY s.id");
        std::int64_t id = 0, position = 0;
        if (find.bind(name).next()) {
            id = find.integer(0);
            position = find.integer(1);
        } else {
            Query(db, "INSERT INTO splits(name, method) VALUES(?,'as imported')").bind(toUtf8(name)).run();
            id = db.sqlite().getLastInsertRowid();
        }
        for (const ClipId clip : clips)
            Query(db, "INSERT INTO members(split, position, clip, group_name) VALUES(?,?,?,'')").bind(id, ++position, clip).run();
    }
}

std::int64_t ClipAdder::sourceId(const NewClip& clip)
{
    const AudioSource& source = clip.audio.source;
    const SourceFacts& facts = clip.facts;
    const std::string kept = keptPath(absolutePath(source.path), project_.folder);
    const auto offset = static_cast<std::int64_t>(source.offset);
    const std::int64_t length = storedLength(source);
    Query find(project_.db(), "SELECT id FROM sources WHERE path=? AND offset=? AND length=?");
    if (find.bind(Bytes{kept}, offset, length).next()) {
        const std::int64_t id = find.integer(0);
        Query(project_.db(), "UPDATE sources SET file_size=?, file_time=?, hash=?, sample_rate=?, channels=?, duration=?, container=?, codec=? "
                             "WHERE id=?")
            .bind(facts.fileSize, facts.fileTime, Bytes{facts.hash}, facts.sampleRate, facts.channels, facts.duration,
                  toUtf8(facts.container), toUtf8(facts.codec), id)
            .run();
        return id;
    }
    Query(project_.db(), "INSERT INTO sources(path, offset, length, file_size, file_time, hash, sample_rate, channels, duration, container, codec) "
                         "VALUES(?,?,?,?,?,?,?,?,?,?,?)")
        .bind(Bytes{kept}, offset, length, facts.fileSize, facts.fileTime, Bytes{facts.hash}, facts.sampleRate, facts.channels, facts.duration,
              toUtf8(facts.container), toUtf8(facts.codec))
        .run();
    return project_.db().sqlite().getLastInsertRowid();
}

std::int64_t ClipAdder::columnId(const std::string& given)
{
    const std::string name = toUtf8(given);
    if (const auto known = columns_.find(name); known != columns_.end())
        return known->second;
    Query(project_.db(), "INSERT OR IGNORE INTO columns(name) VALUES(?)").bind(name).run();
    Query find(project_.db(), "SELECT id FROM columns WHERE name=?");
    find.bind(name).next();
    return columns_[name] = find.integer(0);
}

std::int64_t ClipAdder::labelId(const std::string& name)
{
    if (const auto known = labels_.find(name); known != labels_.end())
        return known->second;
    recorder_.pause(false); // a label that the clips brought goes when they go
    const std::int64_t id = project_.labelId(name);
    recorder_.pause(true);
    return labels_[name] = id;
}

void ClipAdder::annotate(ClipId clip, AnnotationKind kind, std::optional<std::int64_t> label, std::optional<double> value,
                         const std::optional<std::string>& text)
{
    Query(project_.db(), "INSERT INTO annotations(clip, kind, label, value, text, person, time, origin) VALUES(?,?,?,?,?,?,?,?)")
        .bind(clip, static_cast<int>(kind), label, value, text, person_, time_, static_cast<int>(origin_))
        .run();
}

} // namespace earmark
