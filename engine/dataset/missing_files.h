// Sound files that are not where they were: found again below a folder that somebody points at. Thread: that of the project.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "engine/dataset/project.h"

namespace earmark
{

/// The folder that `now` was when the missing files lay below it, so that most of their paths are there below `now`; "" where none is.
std::string folderBefore(std::span<const std::string> missing, const std::string& now);

/// Looks below `folder`, which may be the folder that moved or any folder above or below it, for the files that are missing, and relocates what lay
/// where they did. The result's `missing` are all that the project still misses. One undo step.
Result<Relocation> findMissingFiles(Project& project, const std::string& folder, const std::function<void(std::size_t done, std::size_t total)>& progress = {},
                                    std::stop_token stop = {});

} // namespace earmark
