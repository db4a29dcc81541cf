#include "engine/dataset/file_walk.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <utility>

#include "engine/base/file.h"

namespace earmark
{

namespace fs = std::filesystem;

namespace
{

// What FFmpeg reads sound from, by its usual suffixes; sorted.
constexpr auto soundSuffixes = std::to_array<std::string_view>(
    {"3g2",  "3gp", "aac", "ac3", "aif", "aifc", "aiff", "alac", "amr",  "ape", "asf", "au",   "avi", "caf", "dsf",  "dts", "eac3", "f4a",
     "flac", "flv", "gsm", "m4a", "m4b", "m4v",  "mka",  "mkv",  "mov",  "mp2", "mp3", "mp4",  "mpc", "mpeg", "mpg", "nist", "oga", "ogg",
     "ogv",  "opus", "ra", "rf64", "rm", "snd",  "sph",  "spx",  "tta",  "voc", "w64", "wav",  "wave", "weba", "webm", "wma", "wmv", "wv"});
static_assert(std::ranges::is_sorted(soundSuffixes));

std::string lowerSuffix(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    std::string suffix(name.substr(dot + 1));
    for (char& c : suffix)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return suffix;
}

class Walker
{
public:
    explicit Walker(std::string root) : root_(std::move(root)) {}

    FileWalk run()
    {
        std::vector<std::string> waiting = {""};
        while (!waiting.empty()) {
            const std::string folder = std::move(waiting.back());
            waiting.pop_back();
            enter(folder, waiting);
        }
        std::ranges::sort(walk_.files);
        return std::move(walk_);
    }

private:
    /// Whether `path` is a folder that was not entered by another name before.
    bool isNew(const std::string& path)
    {
        struct stat facts {};
        return ::stat(path.c_str(), &facts) == 0 && entered_.insert({facts.st_dev, facts.st_ino}).second;
    }

    void enter(const std::string& below, std::vector<std::string>& waiting)
    {
        const std::string folder = below.empty() ? root_ : root_ + '/' + below;
        if (!isNew(folder))
            return;
        std::error_code error;
        fs::directory_iterator entries(folder, error);
        if (error) {
            walk_.unreadable.push_back({folder, systemError(error.value(), "read the folder", folder, false)});
            return;
        }
        std::vector<std::string> folders;
        for (; entries != fs::directory_iterator() && !error; entries.increment(error))
            take(*entries, below, folders);
        // Real names before links to them would need a second pass; sorted, the result at least does not depend on the disk.
        std::ranges::sort(folders, std::greater());
        std::ranges::move(folders, std::back_inserter(waiting));
    }

    void take(const fs::directory_entry& entry, const std::string& below, std::vector<std::string>& folders)
    {
        const std::string name = entry.path().filename().string();
        if (name.starts_with('.'))
            return;
        const std::string path = below.empty() ? name : below + '/' + name;
        std::error_code ignored;
        if (entry.is_directory(ignored))
            folders.push_back(path);
        else if (isSoundName(name))
            walk_.files.push_back(path); // a link to nowhere is one too: it is reported when it cannot be opened
        else
            ++walk_.passedBy[lowerSuffix(name)];
    }

    std::string root_;
    FileWalk walk_;
    std::set<std::pair<dev_t, ino_t>> entered_;
};

} // namespace

Result<FileWalk> walkFiles(const std::string& root)
{
    std::error_code error;
    fs::directory_iterator probe(root, error);
    if (error)
        return tl::unexpected(systemError(error.value(), "read the folder", root, false));
    return Walker(root.ends_with('/') && root.size() > 1 ? root.substr(0, root.size() - 1) : root).run();
}

bool isSoundName(std::string_view name) { return std::ranges::binary_search(soundSuffixes, lowerSuffix(name)); }

std::optional<Remark> passedByRemark(const FileWalk& walk)
{
    int total = 0;
    std::string list;
    for (const auto& [suffix, count] : walk.passedBy) {
        total += count;
        if (list.size() < 200)
            list += (list.empty() ? "" : ", ") + quoteName(suffix.empty() ? "no suffix" : "." + suffix) + " (" + std::to_string(count) + ")";
    }
    if (total == 0)
        return std::nullopt;
    return Remark{.code = "import.passed_by",
                  .message = "Files that are not sound by their suffix were passed by: " + list + ".",
                  .parameters = {{"suffixes", list}},
                  .causes = {}};
}

} // namespace earmark
