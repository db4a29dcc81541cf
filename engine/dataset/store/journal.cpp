#include "engine/dataset/store/journal.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/dataset/store/changeset_check.h"
#include "engine/dataset/store/database.h"

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

namespace earmark
{

namespace
{

/// Facts about sources, names of people and columns, runs and predictions are no edits.
constexpr std::array<const char*, 6> editedTables = {"clips", "labels", "regions", "annotations", "splits", "members"};

constexpr std::int64_t mostBytes = 256 << 20;
/// How often, in edits, the journal's size is looked at: that takes a walk over all of it.
constexpr std::int64_t edits = 1024;

void check(Database& database, int result)
{
    if (result != SQLITE_OK)
        throw SQLite::Exception(database.sqlite().getHandle(), result);
}

struct SqliteFree {
    void operator()(void* memory) const { sqlite3_free(memory); }
};

/// The changeset that takes `changes` back.
std::string inverted(Database& database, const std::string& changes)
{
    int size = 0;
    void* data = nullptr;
    check(database, sqlite3changeset_invert(static_cast<int>(changes.size()), changes.data(), &size, &data));
    const std::unique_ptr<void, SqliteFree> owner(data);
    return std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

int isEdited(void*, const char* table)
{
    return std::ranges::find(editedTables, std::string_view(table), [](const char* name) { return std::string_view(name); }) !=
           editedTables.end();
}

void applyChanges(Database& database, const std::string& changes)
{
    std::string copy = changes; // the function takes no const
    const auto abort = [](void*, int, sqlite3_changeset_iter*) { return int(SQLITE_CHANGESET_ABORT); };
    const int result = sqlite3changeset_apply(database.sqlite().getHandle(), static_cast<int>(copy.size()), copy.data(), isEdited, abort, nullptr);
    if (result == SQLITE_ABORT || result == SQLITE_CORRUPT)
        throw Damage{"its undo journal does not fit it"};
    check(database, result);
}

// Undone entries stand at the journal's end, so both queries walk back from there over what is undone and no further.
const char* selectNext(Direction direction)
{
    return direction == Direction::undo ? "SELECT id, what, changes FROM journal WHERE undone=0 ORDER BY id DESC LIMIT 1"
                                        : "SELECT id, what, changes FROM journal WHERE undone=1 AND id > "
                                          "coalesce((SELECT id FROM journal WHERE undone=0 ORDER BY id DESC LIMIT 1), 0) ORDER BY id LIMIT 1";
}

/// The id up to which entries are forgotten: the newest is always kept.
std::int64_t oldestToForget(Database& database)
{
    Query query(database, "SELECT id, length(changes) FROM journal ORDER BY id DESC");
    std::int64_t bytes = 0;
    for (bool newest = true; query.next(); newest = false) {
        bytes += query.integer(1);
        if (!newest && bytes > mostBytes)
            return query.integer(0);
    }
    return 0;
}

} // namespace

ChangeRecorder::ChangeRecorder(Database& database)
{
    check(database, sqlite3session_create(database.sqlite().getHandle(), "main", &session_));
    for (const char* table : editedTables)
        check(database, sqlite3session_attach(session_, table));
}

ChangeRecorder::~ChangeRecorder() { sqlite3session_delete(session_); }

void ChangeRecorder::pause(bool paused) { sqlite3session_enable(session_, paused ? 0 : 1); }

std::string ChangeRecorder::changes()
{
    int size = 0;
    void* data = nullptr;
    if (const int result = sqlite3session_changeset(session_, &size, &data); result != SQLITE_OK)
        throw SQLite::Exception("The edit could not be recorded", result);
    const std::unique_ptr<void, SqliteFree> owner(data);
    return std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

void appendToJournal(Database& database, const std::string& what, const std::string& changes, std::int64_t person, std::int64_t time)
{
    if (changes.empty())
        return;
    Query(database, "DELETE FROM journal WHERE id > coalesce((SELECT id FROM journal WHERE undone=0 ORDER BY id DESC LIMIT 1), 0)").run();
    Query(database, "INSERT INTO journal(what, changes, undone, person, time) VALUES(?,?,0,?,?)")
        .bind(what, Bytes{changes}, person, time)
        .run();
    const bool large = static_cast<std::int64_t>(changes.size()) > mostBytes / edits;
    if (!large && database.sqlite().getLastInsertRowid() % edits != 0)
        return;
    if (const std::int64_t last = oldestToForget(database); last > 0)
        Query(database, "DELETE FROM journal WHERE id<=?").bind(last).run();
}

std::optional<std::string> nextInJournal(Database& database, Direction direction)
{
    Query query(database, selectNext(direction));
    if (!query.next())
        return std::nullopt;
    return query.text(1);
}

std::optional<JournalStepDone> stepJournal(Database& database, Direction direction)
{
    std::int64_t id = 0;
    JournalStepDone step;
    std::string changes;
    {
        Query query(database, selectNext(direction));
        if (!query.next())
            return std::nullopt;
        id = query.integer(0);
        step.what = query.text(1);
        changes = query.bytes(2);
    }
    if (!isChangeset(changes, editedTables))
        throw Damage{"its undo journal cannot be read"};
    applyChanges(database, direction == Direction::undo ? inverted(database, changes) : changes);
    Query(database, "UPDATE journal SET undone=? WHERE id=?").bind(direction == Direction::undo, id).run();
    step.effects = effectsOf(database, changes);
    return step;
}

} // namespace earmark
