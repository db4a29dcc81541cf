// A project file opened, checked and brought up to date, or made.
// Private to the room. Thread: any; paths are absolute.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/base/error.h"
#include "engine/dataset/store/database.h"

namespace earmark
{

/// Whether the file and its folder can be written, as SQLite's side files need.
bool isWritablePlace(const std::string& path);

/// The first hundred bytes say whether SQLite may be let near the file at all. Errors: io.*, project.not_a_project.
Result<void> checkProjectHeader(const std::string& path);

/// Errors: project.from_future, project.damaged, project.read_only (killed writer's remains in a place that cannot be written), io.*.
Result<std::unique_ptr<Database>> openProjectFile(const std::string& path, bool writable);

/// A complete, empty project in one file, put into its place only when it is finished. Errors: project.invalid_edit (exists), io.*.
Result<void> createProjectFile(const std::string& path);

/// A copy of what `from` holds at this moment, changed by `change` (which may throw as guarded() takes it) before it is put into its place. Errors: as above.
Result<void> copyProjectFile(Database& from, const std::string& path, const std::function<void(Database&)>& change);

} // namespace earmark
