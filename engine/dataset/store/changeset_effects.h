// What a changeset touches, as a project's reader needs to know it.
// Private to the room. Thread: one at a time. Throws SQLite::Exception.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earmark
{

class Database;

struct ChangesetEffects {
    std::vector<std::int64_t> clips; ///< whose row, regions or annotations differ, rising; those that came or went among them
    bool clipsCameOrWent = false;
    bool labelSet = false;
    bool splits = false;
};

/// `changes` must have passed isChangeset() and been applied: where it says that a region or annotation changed, the database is asked whose it is.
ChangesetEffects effectsOf(Database& database, const std::string& changes);

} // namespace earmark
