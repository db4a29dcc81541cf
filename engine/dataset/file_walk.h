// Sound files below a folder, in the order of their paths. Links are followed; a folder is entered once, so loops end.
// Thread: any. Paths are bytes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/dataset/import.h"

namespace earmark
{

struct FileWalk {
    std::vector<std::string> files;         ///< below the root, sorted bytewise by the whole path, as `datasets` sorts them
    std::vector<BrokenFile> unreadable;     ///< folders that could not be read
    std::map<std::string, int> passedBy;    ///< suffixes that are not of sound, with how many files have them
};

/// Hidden files and folders are left out. Errors: io.* where the root itself cannot be read.
Result<FileWalk> walkFiles(const std::string& root);

/// By suffix, in any case.
bool isSoundName(std::string_view name);

/// Which suffixes were passed by, how often; nothing where none was.
std::optional<Remark> passedByRemark(const FileWalk& walk);

} // namespace earmark
