// Whether bytes are a changeset of SQLite's session extension (format: sqlite.org, "The Session Extension", and sqlite3session.c).
// SQLite trusts changesets; a project's undo journal may come from anyone, and a bad one has sent SQLite 3.40 into an endless loop.
// Thread: any.
#pragma once

#include <span>
#include <string_view>

namespace earmark
{

/// True where every record is complete, its operation known, and its table one of `tables`.
bool isChangeset(std::string_view bytes, std::span<const char* const> tables);

} // namespace earmark
