#include "engine/base/file.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace earmark
{

namespace fs = std::filesystem;

namespace
{

class Descriptor
{
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() { (void)close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    int close() { return value_ < 0 ? 0 : ::close(std::exchange(value_, -1)); }

private:
    int value_;
};

Result<void> append(int file, std::span<const std::byte> bytes, const std::string& path)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return tl::unexpected(systemError(errno, "write", path, true));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> flushFolder(const std::string& folder)
{
    const Descriptor directory(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0 || (::fsync(directory.get()) != 0 && errno != EINVAL && errno != ENOTSUP))
        return tl::unexpected(systemError(errno, "flush", folder, true));
    return {};
}

std::string partialName(const std::string& path) { return path + ".partial-" + std::to_string(::getpid()); }

std::string withoutTrailingSlash(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

/// What earlier, killed writers of `path` left beside it.
void removePartials(const std::string& path)
{
    std::error_code ignored;
    const fs::path target(path);
    const std::string prefix = target.filename().string() + ".partial-";
    const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix))
            continue;
        const int owner = std::atoi(name.c_str() + prefix.size());
        if (owner > 0 && owner != ::getpid() && ::kill(owner, 0) == 0)
            continue; // its writer still lives
        fs::remove_all(entry.path(), ignored);
    }
}

} // namespace

Error systemError(int number, std::string_view action, const std::string& path, bool writing)
{
    const char* code = writing ? "io.unwritable" : "io.unreadable";
    std::string advice = writing ? "Choose a folder that you may write to." : "Check its permissions.";
    if (number == ENOSPC || number == EDQUOT) {
        code = "io.disk_full";
        advice = "Free some space and try again; what was there before is untouched.";
    } else if (number == ENOENT && !writing) {
        code = "io.not_found";
        advice = "Check the name.";
    } else if (number == EISDIR || number == ENOTDIR || number == ELOOP || number == ENAMETOOLONG) {
        advice = "Check the name.";
    }
    return Error{code,
                 "Could not " + std::string(action) + " " + quoteName(path) + ": " + std::strerror(number) + ". " + advice,
                 path,
                 {{"reason", std::strerror(number)}}};
}

Result<std::string> readFile(const std::string& path, std::uint64_t limit)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return tl::unexpected(systemError(errno, "open", path, false));
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0)
        return tl::unexpected(systemError(errno, "read", path, false));
    if (S_ISDIR(facts.st_mode))
        return tl::unexpected(systemError(EISDIR, "read", path, false));
    std::string content;
    char buffer[1 << 16];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tl::unexpected(systemError(errno, "read", path, false));
        if (got == 0)
            return content;
        if (content.size() + static_cast<std::size_t>(got) > limit)
            return failure("io.unreadable", quoteName(path) + " is larger than a file of its kind can be. Check that it is the right one.", path);
        content.append(buffer, static_cast<std::size_t>(got));
    }
}

Result<void> writeFileAtomically(const std::string& path, const std::function<Result<void>(const Appender&)>& fill)
{
    const std::string partial = partialName(path);
    Descriptor file(::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() < 0)
        return tl::unexpected(systemError(errno, "write", path, true));
    const auto abandon = [&](Error error) -> Result<void> {
        (void)file.close();
        ::unlink(partial.c_str());
        return tl::unexpected(std::move(error));
    };
    if (auto filled = fill([&](std::span<const std::byte> bytes) { return append(file.get(), bytes, path); }); !filled)
        return abandon(std::move(filled.error()));
    if (::fsync(file.get()) != 0 && errno != EINVAL)
        return abandon(systemError(errno, "write", path, true));
    if (file.close() != 0 || ::rename(partial.c_str(), path.c_str()) != 0)
        return abandon(systemError(errno, "write", path, true));
    return flushFolder(fs::path(path).parent_path().string());
}

Result<void> writeFileAtomically(const std::string& path, std::string_view content)
{
    return writeFileAtomically(path, [&](const Appender& appender) { return appender(std::as_bytes(std::span(content))); });
}

Result<void> writeFolderAtomically(const std::string& given, const std::function<Result<void>(const std::string&)>& fill)
{
    const std::string path = withoutTrailingSlash(given);
    const std::string partial = partialName(path);
    removePartials(path);
    std::error_code error;
    fs::remove_all(partial, error);
    fs::create_directories(partial, error);
    if (error)
        return tl::unexpected(systemError(error.value(), "create", path, true));
    const auto abandon = [&](Error reason) -> Result<void> {
        fs::remove_all(partial, error);
        return tl::unexpected(std::move(reason));
    };
    if (auto filled = fill(partial); !filled)
        return abandon(std::move(filled.error()));
    if (auto flushed = flushFolder(partial); !flushed)
        return abandon(std::move(flushed.error()));
    // An existing folder changes places with the new one in one step, so that at no moment there is none.
    if (::renameat2(AT_FDCWD, partial.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0)
        fs::remove_all(partial, error);
    else if (::rename(partial.c_str(), path.c_str()) != 0)
        return abandon(systemError(errno, "write", path, true));
    return flushFolder(fs::path(path).parent_path().string());
}

} // namespace earmark
