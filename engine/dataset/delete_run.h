// A run taken out of its project, its folder with it. Thread: as Project; both look at every file of the folder.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/error.h"
#include "engine/dataset/project.h"

namespace earmark
{

/// What deleteRun() would free: bytes on the disk below the run's folder; 0 where it is gone, or is not a folder that a training wrote.
std::uint64_t runBytes(const Run& run);

/// The folder gets a name beside it that nobody uses, the run and its predictions go, then the folder: a kill in between loses neither alone. A folder that no training wrote (there is no
/// run.json in it) stays where it is. Returns the bytes freed. Errors: project.locked where the run still goes on; io.unwritable.
Result<std::uint64_t> deleteRun(Project& project, std::int64_t run);

} // namespace earmark
