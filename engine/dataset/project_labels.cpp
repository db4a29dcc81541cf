#include <algorithm>
#include <unordered_set>

#include "engine/dataset/palette.h"
#include "engine/dataset/project_private.h"

namespace earmark
{

namespace
{

void requireLabelName(const std::string& name)
{
    requireText(name, "label");
    if (name.empty())
        refuse("project.invalid_edit", "A label needs a name. Give it one.");
}

void requireUniqueNames(std::span<const LabelClass> classes)
{
    std::unordered_set<std::string_view> names, keys;
    for (const LabelClass& label : classes) {
        requireLabelName(label.name);
        if (!names.insert(label.name).second)
            refuse("project.invalid_edit", "The label " + quoteName(label.name) + " would be there twice. Give one of them another name.");
        if (!label.key.empty() && (!isLabelKey(label.key) || !keys.insert(label.key).second))
            refuse("project.invalid_edit", "The key " + quoteName(label.key) + " of the label " + quoteName(label.name) +
                                               " is taken or is not one of 1…9 and a…z. Choose another.");
        if (!label.colour.empty() && !isColour(label.colour))
            refuse("project.invalid_edit", "The colour " + quoteName(label.colour) + " of the label " + quoteName(label.name) +
                                               " is not of the form #rrggbb. Correct it.");
    }
}

/// Labels that stand in a clip or region as one of `kept` would lose their name.
void removeLabelsBut(Database& db, const std::unordered_set<std::int64_t>& kept)
{
    std::vector<std::pair<std::int64_t, std::string>> gone;
    {
        Query query(db, "SELECT id, name FROM labels");
        while (query.next())
            if (!kept.contains(query.integer(0)))
                gone.emplace_back(query.integer(0), query.text(1));
    }
    for (const auto& [id, name] : gone) {
        Query used(db, "SELECT 1 FROM annotations a JOIN clips c ON c.id=a.clip AND c.removed=0 WHERE a.kind=0 AND a.label=? LIMIT 1");
        if (used.bind(id).next())
            refuse("project.invalid_edit", "The label " + quoteName(name) + " is in use. Take it off its clips before removing it.");
        Query(db, "DELETE FROM labels WHERE id=?").bind(id).run();
    }
}

std::int64_t nextLabelPosition(Database& db)
{
    Query query(db, "SELECT coalesce(max(position), -1) + 1 FROM labels");
    return query.next() ? std::max<std::int64_t>(0, query.integer(0)) : 0;
}

std::string freeLabelKey(Database& db, std::int64_t labelsThere)
{
    if (labelsThere > 100) // there are 35 keys: do not look through thousands of labels for one
        return {};
    std::vector<std::string> taken;
    Query query(db, "SELECT key FROM labels");
    while (query.next())
        taken.push_back(query.text(0));
    return nextLabelKey(taken);
}

std::optional<std::int64_t> knownLabel(Database& db, const std::string& name)
{
    Query find(db, "SELECT id FROM labels WHERE name=? ORDER BY id");
    return find.bind(name).next() ? std::optional(find.integer(0)) : std::nullopt;
}

std::int64_t requireLabel(Database& db, const std::string& name)
{
    const auto id = knownLabel(db, name);
    if (!id)
        refuse("project.invalid_edit", "The project has no label " + quoteName(name) + ".", {}, {{"label", name}});
    return *id;
}

std::vector<ClipId> clipsWith(Database& db, std::int64_t label)
{
    std::vector<ClipId> clips;
    Query query(db, "SELECT DISTINCT a.clip FROM annotations a JOIN clips c ON c.id=a.clip AND c.removed=0 WHERE a.kind=0 AND a.label=? ORDER BY a.clip");
    query.bind(label);
    while (query.next())
        clips.push_back(query.integer(0));
    return clips;
}

} // namespace

std::int64_t Project::Private::labelId(const std::string& name)
{
    if (const auto known = knownLabel(db(), name))
        return *known;
    requireLabelName(name);
    const std::int64_t position = nextLabelPosition(db());
    Query(db(), "INSERT INTO labels(position, name, colour, key) VALUES(?,?,?,?)")
        .bind(position, name, paletteColour(static_cast<std::size_t>(position)), freeLabelKey(db(), position))
        .run();
    return db().sqlite().getLastInsertRowid();
}

Result<void> Project::setLabelSet(std::span<const LabelClass> classes)
{
    return d_->edit("Change the label set", [&](ChangeRecorder&) {
        requireUniqueNames(classes);
        std::unordered_set<std::int64_t> kept;
        for (const LabelClass& label : classes)
            kept.insert(label.id);
        removeLabelsBut(d_->db(), kept);
        std::int64_t position = 0;
        for (const LabelClass& label : classes) {
            const std::string colour = label.colour.empty() ? paletteColour(static_cast<std::size_t>(position)) : label.colour;
            if (label.id == 0)
                Query(d_->db(), "INSERT INTO labels(position, name, colour, key) VALUES(?,?,?,?)")
                    .bind(position++, label.name, colour, label.key)
                    .run();
            else
                Query(d_->db(), "UPDATE labels SET position=?, name=?, colour=?, key=? WHERE id=?")
                    .bind(position++, label.name, colour, label.key, label.id)
                    .run();
            if (d_->db().sqlite().getChanges() != 1)
                refuse("project.invalid_edit", "The project has no label with the number " + std::to_string(label.id) + ".");
        }
    });
}

Result<std::vector<ClipId>> Project::mergeLabels(const std::string& from, const std::string& into)
{
    return d_->edit("Merge two labels", [&](ChangeRecorder&) {
        Database& db = d_->db();
        const std::int64_t gone = requireLabel(db, from);
        const std::int64_t kept = requireLabel(db, into);
        if (gone == kept)
            refuse("project.invalid_edit", "The label " + quoteName(from) + " cannot be merged into itself. Choose another one.");
        std::vector<ClipId> clips = clipsWith(db, gone);
        // Removed clips too: undo may bring them back.
        Query(db, "DELETE FROM annotations WHERE kind=0 AND label=? AND EXISTS (SELECT 1 FROM annotations b WHERE b.clip=annotations.clip AND "
                  "b.kind=0 AND b.region IS annotations.region AND b.label=?)")
            .bind(gone, kept)
            .run();
        Query(db, "UPDATE annotations SET label=? WHERE kind=0 AND label=?").bind(kept, gone).run();
        Query(db, "DELETE FROM labels WHERE id=?").bind(gone).run();
        return clips;
    });
}

} // namespace earmark
