#include "engine/compute/model_cache.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "engine/base/file.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;

constexpr std::string_view prefix = "models--";

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool isPlainName(std::string_view text)
{
    return !text.empty() && text.find('/') == std::string_view::npos && text != "." && text != "..";
}

/// "owner/name" ↔ "models--owner--name".
std::string folderOf(std::string_view name)
{
    std::string folder(prefix);
    for (const char c : name)
        folder += c == '/' ? "--" : std::string(1, c);
    return folder;
}

std::string nameOf(std::string_view folder)
{
    std::string name(folder.substr(prefix.size()));
    if (const auto dashes = name.find("--"); dashes != std::string::npos)
        name.replace(dashes, 2, "/");
    return name;
}

std::optional<fs::path> onlySnapshot(const fs::path& snapshots)
{
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(snapshots, error), end; !error && entry != end; entry.increment(error))
        found.push_back(entry->path());
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// The snapshot that a revision (branch, tag or commit) names; the only one there is where no branch is known.
std::optional<fs::path> snapshotOf(const fs::path& repository, const std::string& revision)
{
    std::error_code ignored;
    const fs::path snapshots = repository / "snapshots";
    std::string commit = revision.empty() ? "main" : revision;
    if (const auto named = readFile((repository / "refs" / commit).string(), 4096))
        commit = named->substr(0, named->find_first_of("\r\n"));
    if (isPlainName(commit) && fs::is_directory(snapshots / commit, ignored))
        return snapshots / commit;
    return revision.empty() ? onlySnapshot(snapshots) : std::nullopt;
}

bool looksLikeHubName(std::string_view name)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
    const auto slash = name.find('/');
    const auto part = [&](std::string_view text) { return isPlainName(text) && std::ranges::all_of(text, allowed); };
    return slash == std::string_view::npos ? part(name) : part(name.substr(0, slash)) && part(name.substr(slash + 1));
}

} // namespace

std::string hubCacheFolder()
{
    for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"})
        if (const std::string folder = environment(name); !folder.empty())
            return folder;
    if (const std::string home = environment("HF_HOME"); !home.empty())
        return home + "/hub";
    const std::string cache = environment("XDG_CACHE_HOME");
    return (cache.empty() ? environment("HOME") + "/.cache" : cache) + "/huggingface/hub";
}

Result<std::string> findModel(const std::string& name)
{
    std::error_code ignored;
    if (fs::is_directory(name, ignored))
        return name;
    if (fs::exists(name, ignored))
        return failure("model.not_found", quoteName(name) + " is a file, not a model folder. Give the folder that holds config.json.", name);
    const auto at = name.find('@');
    const std::string repository = name.substr(0, at);
    const std::string revision = at == std::string::npos ? "" : name.substr(at + 1);
    if (!looksLikeHubName(repository))
        return failure("model.not_found", "There is no model folder " + quoteName(name) + ". Check the name.", name);
    if (revision.find("..") == std::string::npos)
        if (const auto snapshot = snapshotOf(fs::path(hubCacheFolder()) / folderOf(repository), revision))
            return snapshot->string();
    return failure("model.not_found",
                   quoteName(name) + " is neither a folder nor a model in the local Hub cache " + quoteName(hubCacheFolder()) +
                       ". Check the name; “earmark-cli models” lists what is there.",
                   name);
}

std::vector<CachedModel> cachedModels()
{
    std::vector<CachedModel> models;
    std::error_code error;
    for (fs::directory_iterator entry(hubCacheFolder(), error), end; !error && entry != end; entry.increment(error)) {
        const std::string folder = entry->path().filename().string();
        if (!folder.starts_with(prefix))
            continue;
        std::error_code ignored;
        const auto snapshot = snapshotOf(entry->path(), "");
        if (snapshot && fs::exists(*snapshot / "config.json", ignored))
            models.push_back({nameOf(folder), snapshot->string()});
    }
    std::ranges::sort(models, {}, &CachedModel::name);
    return models;
}

} // namespace earmark
