// Files read whole, and files and folders written beside their place and renamed into it, so that nothing is ever half there.
// Thread: any. Paths are bytes as the system has them; they need not be UTF-8.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/error.h"

namespace earmark
{

/// The whole file; `limit` bytes at most (io.unreadable beyond it: a configuration of a gigabyte is no configuration).
Result<std::string> readFile(const std::string& path, std::uint64_t limit = 256u << 20);

/// Writes beside `path`, flushes to the disk, renames over it. On failure the old file is untouched and nothing is left behind.
Result<void> writeFileAtomically(const std::string& path, std::string_view content);

/// As above for content that comes in pieces: `fill` gets a function that appends.
using Appender = std::function<Result<void>(std::span<const std::byte>)>;
Result<void> writeFileAtomically(const std::string& path, const std::function<Result<void>(const Appender&)>& fill);

/// Fills a new folder beside `path`, flushes it, renames it to `path`; a folder already there is replaced only after that.
/// A run killed in between leaves either the old folder or the new one, and perhaps a `.partial` one that the next call removes.
Result<void> writeFolderAtomically(const std::string& path, const std::function<Result<void>(const std::string& folder)>& fill);

/// The error for `errno` after an operation on `path`: io.not_found, io.disk_full, io.unwritable or io.unreadable.
Error systemError(int number, std::string_view action, const std::string& path, bool writing);

} // namespace earmark
