#include "app/cli/inputs.h"

#include <filesystem>

#include "engine/dataset/file_walk.h"

namespace earmark::cli
{

namespace
{

namespace fs = std::filesystem;

Result<std::vector<std::string>> soundsBelow(const std::string& folder, Console& console)
{
    EARMARK_TRY(const FileWalk walk, walkFiles(folder));
    for (const BrokenFile& unreadable : walk.unreadable)
        console.warn(unreadable.error.message);
    if (walk.files.empty())
        return failure("io.not_found", "There is no sound file in " + quoteName(folder) + ". Give another folder.", folder);
    std::vector<std::string> found;
    for (const std::string& file : walk.files)
        found.push_back((fs::path(folder) / file).string());
    return found;
}

} // namespace

Result<std::vector<Sample>> gatherSamples(const std::vector<std::string>& names, bool recursive, Console& console)
{
    std::vector<std::string> files;
    for (const std::string& name : names) {
        std::error_code ignored;
        if (!fs::is_directory(name, ignored)) {
            files.push_back(name);
            continue;
        }
        if (!recursive)
            return failure("usage", quoteName(name) + " is a folder. Give --recursive to take the sound files in it.", name);
        EARMARK_TRY(const auto found, soundsBelow(name, console));
        files.insert(files.end(), found.begin(), found.end());
    }
    std::vector<Sample> samples(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        samples[i].id = static_cast<std::int64_t>(i);
        samples[i].name = files[i];
        samples[i].clip.source.path = files[i];
    }
    return samples;
}

} // namespace earmark::cli
