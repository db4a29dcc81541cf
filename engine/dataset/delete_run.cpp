#include "engine/dataset/delete_run.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/file.h"
#include "engine/dataset/store/write_lock.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;

/// A project may come from anyone and name any folder as a run's.
bool isRunFolder(const std::string& folder)
{
    std::error_code ignored;
    return !folder.empty() && fs::is_directory(fs::symlink_status(folder, ignored)) && fs::is_regular_file(folder + "/run.json", ignored);
}

std::uint64_t bytesBelow(const std::string& folder)
{
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        struct stat facts {};
        if (::lstat(entry->path().c_str(), &facts) == 0)
            bytes += static_cast<std::uint64_t>(facts.st_blocks) * 512;
    }
    return bytes;
}

/// In the same folder, so that it is a rename and nothing else.
std::string asideOf(const std::string& folder)
{
    const fs::path path(folder);
    return (path.parent_path() / ("." + path.filename().string() + ".deleted-" + std::to_string(::getpid()))).string();
}

} // namespace

std::uint64_t runBytes(const Run& run) { return isRunFolder(run.folder) ? bytesBelow(run.folder) : 0; }

Result<std::uint64_t> deleteRun(Project& project, std::int64_t id)
{
    EARMARK_TRY(const auto runs, project.runs());
    const auto run = std::ranges::find(runs, id, &Run::id);
    if (run == runs.end())
        return failure("project.invalid_edit", "The project has no run " + std::to_string(id) + ".", project.path());
    if (run->state == "running" && !WriteLock::isFree(run->folder))
        return failure("project.locked", "The run " + quoteName(run->name) + " is still going on. Stop it before deleting it.", run->folder);
    if (!project.writable())
        return project.removeRun(id).map([] { return std::uint64_t(0); }); // says why not
    if (!isRunFolder(run->folder)) {
        EARMARK_TRY_VOID(project.removeRun(id));
        return std::uint64_t(0);
    }
    const std::uint64_t bytes = bytesBelow(run->folder);
    const std::string aside = asideOf(run->folder);
    std::error_code ignored;
    fs::remove_all(aside, ignored);
    if (::rename(run->folder.c_str(), aside.c_str()) != 0)
        return tl::unexpected(systemError(errno, "delete", run->folder, true));
    if (auto removed = project.removeRun(id); !removed) {
        ::rename(aside.c_str(), run->folder.c_str());
        return tl::unexpected(std::move(removed.error()));
    }
    fs::remove_all(aside, ignored);
    return bytes;
}

} // namespace earmark
