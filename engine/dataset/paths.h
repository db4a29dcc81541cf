// How paths of sound files are kept: relative to the project's folder where both lie under one folder other than the root.
// Thread: any. Paths are bytes.
#pragma once

#include <string>
#include <string_view>

namespace earmark
{

/// Absolute and without "." and ".."; links are left as they are.
std::string absolutePath(const std::string& path);
/// The same with links resolved, so that every name of a project leads to one lock and one folder.
std::string realPath(const std::string& path);
/// `absolute` as kept in a project in `folder` (absolute too).
std::string keptPath(const std::string& absolute, const std::string& folder);
/// The reverse.
std::string resolvedPath(const std::string& kept, const std::string& folder);
/// "c" of "a/b/c".
std::string_view fileName(std::string_view path);
/// "a/b" of "a/b/c", "" of "c".
std::string_view folderOf(std::string_view path);

} // namespace earmark
