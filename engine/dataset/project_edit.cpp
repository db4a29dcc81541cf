#include <cmath>
#include <unordered_set>

#include "engine/base/utf8.h"
#include "engine/dataset/add_clips.h"
#include "engine/dataset/project_private.h"

namespace earmark
{

namespace
{

constexpr std::size_t longestText = 1'000'000; // bytes

void requireRegion(const NewRegion& region)
{
    const bool range = std::isfinite(region.start) && std::isfinite(region.end) && region.start >= 0 && region.end > region.start;
    const bool frequencies = (!region.low || (std::isfinite(*region.low) && *region.low >= 0)) &&
                             (!region.high || (std::isfinite(*region.high) && *region.high > region.low.value_or(0)));
    if (!range || !frequencies)
        refuse("project.invalid_edit", "A region must end after it starts, and its high frequency must be above its low one. Check the numbers.");
}

std::string plural(std::size_t count, const std::string& noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

} // namespace

void requireText(const std::string& text, const char* what)
{
    if (!isUtf8(text))
        refuse("project.invalid_edit", std::string("The ") + what + " " + quoteName(text) + " is not UTF-8. Convert it first.");
    if (text.size() > longestText)
        refuse("project.invalid_edit", std::string("The ") + what + " " + quoteName(text) + " is longer than a million bytes. Shorten it.");
}

void Project::Private::annotate(ClipId clip, AnnotationKind kind, std::optional<std::int64_t> region, std::optional<std::int64_t> label,
                                std::optional<double> value, const std::optional<std::string>& text, Origin origin)
{
    Query(db(), "INSERT INTO annotations(clip, kind, region, label, value, text, person, time, origin) VALUES(?,?,?,?,?,?,?,?,?)")
        .bind(clip, static_cast<int>(kind), region, label, value, text, person(), currentTime(), static_cast<int>(origin))
        .run();
}

void Project::Private::replaceLabels(ClipId clip, std::optional<std::int64_t> region, std::span<const std::string> labels, Origin origin)
{
    Query(db(), "DELETE FROM annotations WHERE clip=? AND kind=0 AND region IS ?").bind(clip, region).run();
    std::unordered_set<std::string_view> seen;
    for (const std::string& label : labels)
        if (seen.insert(label).second)
            annotate(clip, AnnotationKind::label, region, labelId(label), std::nullopt, std::nullopt, origin);
}

Result<void> Project::together(const std::string& what, const std::function<Result<void>()>& edits)
{
    return d_->edit(what, [&](ChangeRecorder& recorder) {
        const auto outer = std::exchange(d_->together, &recorder);
        const Result<void> done = edits();
        d_->together = outer;
        if (!done)
            throw Refusal{done.error()};
    });
}

Result<std::vector<ClipId>> Project::addClips(std::span<const NewClip> clips, Origin origin)
{
    return d_->edit("Add " + plural(clips.size(), "clip"), [&](ChangeRecorder& recorder) {
        ClipAdder adder(*d_, recorder, origin);
        std::vector<ClipId> ids;
        for (const NewClip& clip : clips)
            ids.push_back(adder.add(clip));
        adder.finish();
        return ids;
    });
}

Result<void> Project::removeClips(std::span<const ClipId> clips)
{
    return d_->edit("Remove " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            Query(d_->db(), "DELETE FROM members WHERE clip=?").bind(clip).run();
            Query(d_->db(), "UPDATE clips SET removed=1 WHERE id=?").bind(clip).run();
        }
    });
}

Result<void> Project::setLabels(std::span<const ClipId> clips, std::span<const std::string> labels, Origin origin)
{
    return d_->edit("Label " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            d_->replaceLabels(clip, std::nullopt, labels, origin);
        }
    });
}

Result<void> Project::addLabel(std::span<const ClipId> clips, const std::string& label, Origin origin)
{
    return d_->edit("Add a label to " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        const std::int64_t id = d_->labelId(label);
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND kind=0 AND region IS NULL AND label=?").bind(clip, id).run();
            d_->annotate(clip, AnnotationKind::label, std::nullopt, id, std::nullopt, std::nullopt, origin);
        }
    });
}

Result<void> Project::removeLabel(std::span<const ClipId> clips, const std::string& label)
{
    return d_->edit("Take a label off " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND kind=0 AND region IS NULL AND label IN (SELECT id FROM labels WHERE name=?)")
                .bind(clip, label)
                .run();
        }
    });
}

Result<void> Project::setNumber(std::span<const ClipId> clips, const std::string& name, std::optional<double> value, Origin origin)
{
    return d_->edit("Set a number of " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        requireText(name, "name");
        if (value && !std::isfinite(*value))
            refuse("project.invalid_edit", "A number must be finite. Check the value of " + quoteName(name) + ".");
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND kind=1 AND text=?").bind(clip, name).run();
            if (value)
                d_->annotate(clip, AnnotationKind::number, std::nullopt, std::nullopt, value, name, origin);
        }
    });
}

Result<void> Project::setTranscript(ClipId clip, std::optional<std::string> text, Origin origin)
{
    return d_->edit("Change a transcript", [&](ChangeRecorder&) {
        d_->requireClip(clip);
        Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND kind=2").bind(clip).run();
        if (!text)
            return;
        requireText(*text, "transcript");
        d_->annotate(clip, AnnotationKind::transcript, std::nullopt, std::nullopt, std::nullopt, text, origin);
    });
}

Result<void> Project::setNote(ClipId clip, std::optional<std::string> text)
{
    return d_->edit("Change a note", [&](ChangeRecorder&) {
        d_->requireClip(clip);
        Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND kind=3").bind(clip).run();
        if (!text)
            return;
        requireText(*text, "note");
        d_->annotate(clip, AnnotationKind::note, std::nullopt, std::nullopt, std::nullopt, text, Origin::person);
    });
}

Result<void> Project::setState(std::span<const ClipId> clips, ClipState state)
{
    return d_->edit("Mark " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND kind=4").bind(clip).run();
            if (state != ClipState::none)
                d_->annotate(clip, AnnotationKind::state, std::nullopt, std::nullopt, static_cast<double>(state), std::nullopt, Origin::person);
        }
    });
}

Result<void> Project::setGroup(std::span<const ClipId> clips, const std::string& group)
{
    return d_->edit("Group " + plural(clips.size(), "clip"), [&](ChangeRecorder&) {
        requireText(group, "group");
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            Query(d_->db(), "UPDATE clips SET group_name=? WHERE id=?").bind(group, clip).run();
        }
    });
}

Result<std::int64_t> Project::addRegion(ClipId clip, const NewRegion& region, Origin origin)
{
    return d_->edit("Add a region", [&](ChangeRecorder&) {
        d_->requireClip(clip);
        requireRegion(region);
        Query(d_->db(), "INSERT INTO regions(clip, start, finish, low, high, person, time, origin) VALUES(?,?,?,?,?,?,?,?)")
            .bind(clip, region.start, region.end, region.low, region.high, d_->person(), currentTime(), static_cast<int>(origin))
            .run();
        const std::int64_t id = d_->db().sqlite().getLastInsertRowid();
        d_->replaceLabels(clip, id, region.labels, origin);
        return id;
    });
}

namespace
{

ClipId clipOfRegion(Database& db, std::int64_t region)
{
    Query query(db, "SELECT r.clip FROM regions r JOIN clips c ON c.id=r.clip AND c.removed=0 WHERE r.id=?");
    if (!query.bind(region).next())
        refuse("project.invalid_edit", "The project has no region " + std::to_string(region) + ".");
    return query.integer(0);
}

} // namespace

Result<void> Project::changeRegion(std::int64_t region, const NewRegion& to, Origin origin)
{
    return d_->edit("Change a region", [&](ChangeRecorder&) {
        const ClipId clip = clipOfRegion(d_->db(), region);
        requireRegion(to);
        Query(d_->db(), "UPDATE regions SET start=?, finish=?, low=?, high=?, person=?, time=?, origin=? WHERE id=?")
            .bind(to.start, to.end, to.low, to.high, d_->person(), currentTime(), static_cast<int>(origin), region)
            .run();
        d_->replaceLabels(clip, region, to.labels, origin);
    });
}

Result<void> Project::removeRegion(std::int64_t region)
{
    return d_->edit("Remove a region", [&](ChangeRecorder&) {
        const ClipId clip = clipOfRegion(d_->db(), region);
        Query(d_->db(), "DELETE FROM annotations WHERE clip=? AND region=?").bind(clip, region).run();
        Query(d_->db(), "DELETE FROM regions WHERE id=?").bind(region).run();
    });
}

std::int64_t Project::Private::splitId(const std::string& name)
{
    requireText(name, "split's name");
    if (name.empty())
        refuse("project.invalid_edit", "A split needs a name. Give it one.");
    {
        Query find(db(), "SELECT id FROM splits WHERE name=?");
        if (find.bind(name).next())
            return find.integer(0);
    }
    Query(db(), "INSERT INTO splits(name, method) VALUES(?,'')").bind(name).run();
    return db().sqlite().getLastInsertRowid();
}

void Project::Private::replaceSplit(const Split& split)
{
    const std::int64_t id = splitId(split.name);
    Query(db(), "DELETE FROM members WHERE split=?").bind(id).run();
    if (split.members.empty()) {
        Query(db(), "DELETE FROM splits WHERE id=?").bind(id).run();
        return;
    }
    Query(db(), "UPDATE splits SET method=? WHERE id=?").bind(split.method, id).run();
    std::unordered_set<ClipId> seen;
    for (const SplitMember& member : split.members) {
        requireClip(member.clip);
        requireText(member.group, "group");
        if (!seen.insert(member.clip).second)
            refuse("project.invalid_edit", "Clip " + std::to_string(member.clip) + " is in the split " + quoteName(split.name) + " twice.");
        Query(db(), "INSERT INTO members(split, position, clip, group_name) VALUES(?,?,?,?)")
            .bind(id, static_cast<std::int64_t>(seen.size()), member.clip, member.group)
            .run();
    }
}

Result<void> Project::setSplits(std::span<const Split> splits)
{
    return d_->edit("Divide the clips", [&](ChangeRecorder&) {
        for (const Split& split : splits)
            d_->replaceSplit(split);
    });
}

Result<void> Project::moveToSplit(std::span<const ClipId> clips, const std::string& name)
{
    return d_->edit("Move " + plural(clips.size(), "clip") + " to another split", [&](ChangeRecorder&) {
        const std::int64_t to = name.empty() ? 0 : d_->splitId(name);
        std::unordered_set<std::int64_t> changed;
        for (const ClipId clip : clips) {
            d_->requireClip(clip);
            std::string group; // what it was divided by
            {
                Query was(d_->db(), "SELECT split, group_name FROM members WHERE clip=?");
                for (was.bind(clip); was.next(); changed.insert(was.integer(0)))
                    group = was.text(1);
            }
            Query(d_->db(), "DELETE FROM members WHERE clip=?").bind(clip).run();
            if (to == 0)
                continue;
            changed.insert(to);
            Query(d_->db(), "INSERT INTO members(split, position, clip, group_name) "
                            "SELECT ?1, coalesce(max(position), 0)+1, ?2, ?3 FROM members WHERE split=?1")
                .bind(to, clip, group)
                .run();
        }
        for (const std::int64_t split : changed)
            Query(d_->db(), "UPDATE splits SET method=CASE method WHEN '' THEN 'by hand' ELSE method||', by hand' END WHERE id=? AND method NOT LIKE '%by hand'")
                .bind(split)
                .run();
        Query(d_->db(), "DELETE FROM splits WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.split=splits.id)").run();
    });
}

} // namespace earmark
