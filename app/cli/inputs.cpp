#include "app/cli/inputs.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/file.h"

namespace earmark::cli
{

namespace
{

namespace fs = std::filesystem;

bool hasSoundSuffix(const fs::path& path)
{
    static constexpr std::string_view suffixes[] = {
        ".wav", ".wave", ".w64", ".rf64", ".flac", ".mp3", ".mp2", ".ogg", ".oga", ".opus", ".spx", ".m4a", ".m4b", ".aac", ".aif",
        ".aiff", ".aifc", ".sph", ".nist", ".wv", ".wma", ".au", ".snd", ".caf", ".ac3", ".amr", ".gsm", ".ape", ".mka", ".tta",
        ".voc", ".mp4", ".m4v", ".mkv", ".mov", ".avi", ".webm", ".ogv", ".3gp", ".mpg", ".mpeg", ".ts", ".flv", ".wmv"};
    std::string suffix = path.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::ranges::find(suffixes, std::string_view(suffix)) != std::end(suffixes);
}

/// Symbolic links to folders are not followed: they may lead back.
Result<std::vector<std::string>> soundsBelow(const std::string& folder)
{
    std::vector<std::string> found;
    std::error_code error;
    const auto skip = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator entry(folder, skip, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (hasSoundSuffix(entry->path()) && entry->is_regular_file(ignored))
            found.push_back(entry->path().string());
    }
    if (error)
        return tl::unexpected(systemError(error.value(), "read", folder, false));
    if (found.empty())
        return failure("io.not_found", "There is no sound file in " + quoteName(folder) + ". Give another folder.", folder);
    std::ranges::sort(found);
    return found;
}

} // namespace

Result<std::vector<Sample>> gatherSamples(const std::vector<std::string>& names, bool recursive)
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
        EARMARK_TRY(const auto found, soundsBelow(name));
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
