// The FILE… of classify, embed and outputs as samples.
#pragma once

#include <string>
#include <vector>

#include "app/cli/console.h"
#include "engine/base/error.h"
#include "engine/compute/sample.h"

namespace earmark::cli
{

/// Files as they were named, and, with `recursive`, the sound and video files below folders, sorted by their bytes; folders that cannot be read
/// are warned of. Whether a file can be read is found out later, file by file.
/// Errors: usage for a folder without `recursive`; io.not_found for a folder without sound.
Result<std::vector<Sample>> gatherSamples(const std::vector<std::string>& names, bool recursive, Console& console);

} // namespace earmark::cli
