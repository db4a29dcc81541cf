#include "engine/dataset/store/changeset_effects.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/dataset/store/database.h"

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

namespace earmark
{

namespace
{

struct Finish {
    void operator()(sqlite3_changeset_iter* iterator) const { sqlite3changeset_finalize(iterator); }
};

struct Row {
    sqlite3_changeset_iter* iterator = nullptr;
    std::string_view table;
    int columns = 0;
    int operation = 0;

    std::optional<std::int64_t> value(int column) const
    {
        sqlite3_value* found = nullptr;
        if (column < columns && operation != SQLITE_DELETE)
            sqlite3changeset_new(iterator, column, &found);
        if (column < columns && !found && operation != SQLITE_INSERT)
            sqlite3changeset_old(iterator, column, &found);
        return found ? std::optional<std::int64_t>(sqlite3_value_int64(found)) : std::nullopt;
    }
    /// Of an update: the column is one of those that differ.
    bool changes(int column) const
    {
        sqlite3_value* found = nullptr;
        return column < columns && sqlite3changeset_new(iterator, column, &found) == SQLITE_OK && found;
    }
};

// Columns by their place in schema.cpp.
constexpr int idColumn = 0;
constexpr int clipsRemoved = 5;
constexpr int ownersClip = 1; ///< of regions and annotations

std::optional<std::int64_t> owner(Database& database, const char* sql, std::optional<std::int64_t> id)
{
    Query query(database, sql);
    query.bind(id);
    return query.next() ? std::optional<std::int64_t>(query.integer(0)) : std::nullopt;
}

std::optional<std::int64_t> clipOf(Database& database, const Row& row)
{
    if (row.table == "clips")
        return row.value(idColumn);
    if (const auto clip = row.value(ownersClip)) // an update names its clip only where that changed
        return clip;
    return owner(database, row.table == "regions" ? "SELECT clip FROM regions WHERE id=?" : "SELECT clip FROM annotations WHERE id=?",
                 row.value(idColumn));
}

void add(ChangesetEffects& effects, Database& database, const Row& row)
{
    if (row.table == "labels") {
        effects.labelSet = true;
    } else if (row.table == "splits" || row.table == "members") {
        effects.splits = true;
    } else if (const auto clip = clipOf(database, row)) {
        effects.clips.push_back(*clip);
        effects.clipsCameOrWent |= row.table == "clips" && (row.operation != SQLITE_UPDATE || row.changes(clipsRemoved));
    }
}

} // namespace

ChangesetEffects effectsOf(Database& database, const std::string& changes)
{
    std::string copy = changes; // the function takes no const
    sqlite3_changeset_iter* started = nullptr;
    if (const int result = sqlite3changeset_start(&started, static_cast<int>(copy.size()), copy.data()); result != SQLITE_OK)
        throw SQLite::Exception("The edit could not be read", result);
    const std::unique_ptr<sqlite3_changeset_iter, Finish> iterator(started);
    ChangesetEffects effects;
    while (sqlite3changeset_next(iterator.get()) == SQLITE_ROW) {
        Row row{.iterator = iterator.get()};
        const char* table = nullptr;
        int indirect = 0;
        if (sqlite3changeset_op(row.iterator, &table, &row.columns, &row.operation, &indirect) != SQLITE_OK)
            continue;
        row.table = table;
        add(effects, database, row);
    }
    std::ranges::sort(effects.clips);
    effects.clips.erase(std::unique(effects.clips.begin(), effects.clips.end()), effects.clips.end());
    return effects;
}

} // namespace earmark
