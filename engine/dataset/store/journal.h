// The undo journal: every edit is recorded by SQLite's session extension as a changeset, in the same transaction as the edit itself.
// Private to the room. Thread: one at a time. Everything here throws SQLite::Exception or Damage.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/dataset/store/changeset_effects.h"

struct sqlite3_session;

namespace earmark
{

class Database;

/// Records what happens to the tables that edits touch, from here on.
class ChangeRecorder
{
public:
    explicit ChangeRecorder(Database& database);
    ~ChangeRecorder();
    ChangeRecorder(const ChangeRecorder&) = delete;
    ChangeRecorder& operator=(const ChangeRecorder&) = delete;

    /// What is done while paused cannot be undone.
    void pause(bool paused);
    std::string changes();

private:
    sqlite3_session* session_ = nullptr;
};

/// Forgets what was undone: it can no longer be redone. Where the journal holds more than 256 MiB, some million edits of single clips, the oldest go too.
void appendToJournal(Database& database, const std::string& what, const std::string& changes, std::int64_t person, std::int64_t time);

enum class Direction { undo, redo };
std::optional<std::string> nextInJournal(Database& database, Direction direction);

struct JournalStepDone {
    std::string what; ///< in English
    ChangesetEffects effects;
};
/// Within a transaction of the caller's. Nothing where there is nothing to do.
std::optional<JournalStepDone> stepJournal(Database& database, Direction direction);

} // namespace earmark
