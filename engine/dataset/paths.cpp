#include "engine/dataset/paths.h"

#include <algorithm>
#include <filesystem>

namespace earmark
{

namespace fs = std::filesystem;

std::string absolutePath(const std::string& path)
{
    std::error_code ignored;
    std::string result = fs::absolute(path, ignored).lexically_normal().string();
    while (result.size() > 1 && result.ends_with('/'))
        result.pop_back();
    return result;
}

std::string realPath(const std::string& path)
{
    std::error_code error;
    const fs::path real = fs::weakly_canonical(absolutePath(path), error);
    return error ? absolutePath(path) : real.string();
}

std::string keptPath(const std::string& absolute, const std::string& folder)
{
    const std::string below = folder.ends_with('/') ? folder : folder + '/';
    if (absolute.starts_with(below))
        return absolute.substr(below.size());
    // With nothing but the root in common, a relative path would break as soon as the project moves.
    const auto [here, there] = std::ranges::mismatch(below, absolute);
    const auto common = std::string_view(below.begin(), here).rfind('/');
    if (common == std::string_view::npos || common == 0)
        return absolute;
    std::string up;
    for (std::size_t i = common + 1; i < below.size(); ++i)
        if (below[i] == '/')
            up += "../";
    return up + absolute.substr(common + 1);
}

std::string resolvedPath(const std::string& kept, const std::string& folder)
{
    if (kept.starts_with('/'))
        return kept;
    if (!kept.starts_with("../"))
        return folder.ends_with('/') ? folder + kept : folder + '/' + kept;
    return (fs::path(folder) / kept).lexically_normal().string();
}

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

std::string_view folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

} // namespace earmark
