#include "engine/dataset/missing_files.h"

#include <algorithm>
#include <map>
#include <vector>

#include "engine/audio/content_hash.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

constexpr std::size_t mostTried = 200; ///< missing files that are looked for to learn which folder it is

Result<std::vector<std::string>> missingFiles(const Project& project)
{
    EARMARK_TRY(const std::vector<FileChange> changes, project.changedFiles());
    std::vector<std::string> paths;
    for (const FileChange& change : changes)
        if (change.missing)
            paths.push_back(change.path);
    return paths;
}

} // namespace

std::string folderBefore(std::span<const std::string> missing, const std::string& now)
{
    std::map<std::string, int> found; // files, by the folder that `now` would have been
    for (const std::string& path : missing.first(std::min(missing.size(), mostTried)))
        for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
            if (fileStamp(now + path.substr(slash)))
                ++found[slash == 0 ? "/" : path.substr(0, slash)];
    const auto most = std::ranges::max_element(found, {}, &std::pair<const std::string, int>::second);
    return most == found.end() ? std::string() : most->first;
}

Result<Relocation> findMissingFiles(Project& project, const std::string& folder, const std::function<void(std::size_t done, std::size_t total)>& progress,
                                    std::stop_token stop)
{
    EARMARK_TRY(const std::vector<std::string> missing, missingFiles(project));
    const std::string now = absolutePath(folder), before = folderBefore(missing, now);
    if (before.empty())
        return Relocation{.missing = missing.size()};
    EARMARK_TRY(Relocation relocation, project.relocate(before, now, progress, stop));
    if (relocation.stopped)
        return relocation;
    EARMARK_TRY(const std::vector<std::string> left, missingFiles(project));
    relocation.missing = left.size();
    return relocation;
}

} // namespace earmark
