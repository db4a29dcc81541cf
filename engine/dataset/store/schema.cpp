#include "engine/dataset/store/schema.h"

#include <string>
#include <vector>

#include "engine/dataset/store/database.h"

namespace earmark
{

namespace
{

// Times are microseconds since 1970 UTC; a person, a time and an origin (0 person, 1 import, 2 model) stand beside every statement.
// Clips are never deleted, only marked removed: runs may have spoken of them, and undo brings them back.
constexpr const char* version1 = R"(
CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- A file, or `length` bytes of it from `offset` (-1: to its end). `path` is bytes, relative to the project's folder unless it starts with '/'.
CREATE TABLE sources(id INTEGER PRIMARY KEY, path BLOB NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    file_size INTEGER NOT NULL, file_time INTEGER NOT NULL, hash BLOB NOT NULL, sample_rate INTEGER NOT NULL,
    channels INTEGER NOT NULL, duration REAL NOT NULL, container TEXT NOT NULL, codec TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX sources_path ON sources(path, offset, length);

-- `finish` is NULL where the clip goes on to its source's end.
CREATE TABLE clips(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, start REAL NOT NULL, finish REAL, group_name TEXT NOT NULL,
    removed INTEGER NOT NULL, person INTEGER NOT NULL, time INTEGER NOT NULL, origin INTEGER NOT NULL) STRICT;
CREATE INDEX clips_source ON clips(source);

CREATE TABLE labels(id INTEGER PRIMARY KEY AUTOINCREMENT, position INTEGER NOT NULL, name TEXT NOT NULL, colour TEXT NOT NULL,
    key TEXT NOT NULL) STRICT;
CREATE INDEX labels_name ON labels(name);
CREATE INDEX labels_position ON labels(position);

CREATE TABLE regions(id INTEGER PRIMARY KEY AUTOINCREMENT, clip INTEGER NOT NULL, start REAL NOT NULL, finish REAL NOT NULL, low REAL,
    high REAL, person INTEGER NOT NULL, time INTEGER NOT NULL, origin INTEGER NOT NULL) STRICT;
CREATE INDEX regions_clip ON regions(clip);

-- `kind`: 0 label of the clip or of `region`, 1 number `text` = `value`, 2 transcript, 3 note, 4 state (in `value`).
CREATE TABLE annotations(id INTEGER PRIMARY KEY AUTOINCREMENT, clip INTEGER NOT NULL, kind INTEGER NOT NULL, region INTEGER, label INTEGER,
    value REAL, text TEXT, person INTEGER NOT NULL, time INTEGER NOT NULL, origin INTEGER NOT NULL) STRICT;
CREATE INDEX annotations_clip ON annotations(clip);

-- What a table said of a clip in columns of its own.
CREATE TABLE columns(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE cells(clip INTEGER NOT NULL, name INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY(clip, name)) STRICT, WITHOUT ROWID;

CREATE TABLE splits(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, method TEXT NOT NULL) STRICT;
CREATE TABLE members(split INTEGER NOT NULL, position INTEGER NOT NULL, clip INTEGER NOT NULL, group_name TEXT NOT NULL,
    PRIMARY KEY(split, position)) STRICT, WITHOUT ROWID;
CREATE INDEX members_clip ON members(clip);

CREATE TABLE runs(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, folder BLOB NOT NULL, base TEXT NOT NULL, settings TEXT NOT NULL,
    labels TEXT NOT NULL, state TEXT NOT NULL, report TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER) STRICT;
-- `scores`: little-endian float32, one for each of the run's labels.
CREATE TABLE predictions(run INTEGER NOT NULL, clip INTEGER NOT NULL, split TEXT NOT NULL, label TEXT NOT NULL, scores BLOB NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY(run, clip)) STRICT, WITHOUT ROWID;

-- One row an edit, undone ones last; `changes` is a changeset of SQLite's session extension.
CREATE TABLE journal(id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, changes BLOB NOT NULL, undone INTEGER NOT NULL,
    person INTEGER NOT NULL, time INTEGER NOT NULL) STRICT;
)";

constexpr const char* steps[] = {version1};

/// Every table and index as its CREATE statement, in a fixed order.
std::vector<std::string> schemaOf(Database& database)
{
    std::vector<std::string> rows;
    Query query(database, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
    while (query.next())
        rows.push_back(query.bytes(0) + '\n' + query.bytes(1) + '\n' + query.bytes(2) + '\n' + query.bytes(3));
    return rows;
}

} // namespace

std::span<const char* const> migrations() { return steps; }

int currentSchemaVersion() { return static_cast<int>(std::size(steps)); }

void migrate(Database& database, int from, std::span<const char* const> to)
{
    SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const char* step : to.subspan(static_cast<std::size_t>(from)))
        database.execute(step);
    database.execute("PRAGMA user_version=" + std::to_string(to.size()));
    transaction.commit();
}

void checkSchema(Database& database, int version)
{
    Database model("", Database::Mode::memory);
    migrate(model, 0, migrations().first(static_cast<std::size_t>(version)));
    if (schemaOf(database) != schemaOf(model))
        throw Damage{"its tables are not those of an Earmark project"};
}

} // namespace earmark
