// The tables of a project file, version by version.
// Private to the room.
#pragma once

#include <span>

namespace earmark
{

class Database;

/// PRAGMA application_id: "Earm".
inline constexpr int projectApplicationId = 0x4561726D;

/// Step n takes a file from version n to version n+1; a file's PRAGMA user_version says where it is. Steps are never edited, only added.
std::span<const char* const> migrations();
int currentSchemaVersion();

/// Takes `database` from version `from` to the last one in `steps`, in one transaction. Throws SQLite::Exception.
void migrate(Database& database, int from, std::span<const char* const> steps);

/// Whether the file holds exactly the tables and indices that its version has: nothing of a stranger's making is ever used.
/// Throws Damage where not.
void checkSchema(Database& database, int version);

} // namespace earmark
