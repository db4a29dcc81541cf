#include "engine/dataset/store/write_lock.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "engine/base/file.h"

namespace earmark
{

namespace
{

std::string selfDescription()
{
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return "process " + std::to_string(::getpid()) + " on " + host;
}

std::string readHolder(int file)
{
    char text[300];
    const ssize_t size = ::pread(file, text, sizeof text, 0);
    std::string holder(text, size > 0 ? static_cast<std::size_t>(size) : 0);
    holder.erase(std::min(holder.find('\n'), holder.size()));
    return holder.empty() ? "another program" : holder;
}

/// The file may have been unlinked by its last holder between our open and our lock: then the lock is on nothing.
bool isStillAt(int file, const std::string& path)
{
    struct stat opened {}, named {};
    return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

} // namespace

Result<WriteLock> WriteLock::acquire(const std::string& project, std::chrono::milliseconds wait)
{
    const std::string path = project + "-lock";
    const auto deadline = std::chrono::steady_clock::now() + wait;
    for (;;) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
        if (file < 0)
            return failure("project.read_only",
                           "The project " + quoteName(project) + " cannot be changed where it lies (" + std::strerror(errno) +
                               "). Copy it to a folder that you may write to.",
                           project);
        WriteLock lock(file, path);
        if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
            if (!isStillAt(file, path)) {
                lock.path_.clear(); // not ours to unlink
                continue;
            }
            const std::string self = selfDescription() + "\n";
            if (::ftruncate(file, 0) != 0 || ::pwrite(file, self.data(), self.size(), 0) < 0)
                return tl::unexpected(systemError(errno, "write", path, true));
            return lock;
        }
        const int reason = errno;
        lock.path_.clear();
        if (reason != EWOULDBLOCK && reason != EINTR)
            return tl::unexpected(systemError(reason, "lock", path, true));
        if (std::chrono::steady_clock::now() >= deadline) {
            const std::string holder = readHolder(file);
            return failure("project.locked",
                           "The project " + quoteName(project) + " is being written to by " + quoteName(holder) +
                               ". Close it there, then try again.",
                           project, {{"holder", holder}});
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

bool WriteLock::isFree(const std::string& project)
{
    if (::access((project + "-lock").c_str(), F_OK) != 0)
        return true;
    const auto lock = acquire(project, std::chrono::milliseconds(0));
    return lock || lock.error().code != "project.locked";
}

WriteLock::WriteLock(WriteLock&& other) noexcept : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_))
{
    other.path_.clear();
}

WriteLock& WriteLock::operator=(WriteLock&& other) noexcept
{
    std::swap(file_, other.file_);
    std::swap(path_, other.path_);
    return *this;
}

void WriteLock::release()
{
    if (file_ < 0)
        return;
    if (!path_.empty())
        ::unlink(path_.c_str());
    ::close(std::exchange(file_, -1));
}

} // namespace earmark
