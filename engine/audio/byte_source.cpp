#include "engine/audio/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "engine/base/file.h"

namespace earmark
{

namespace
{

tl::unexpected<Error> notAFile(const std::string& path)
{
    return failure("io.unreadable", quoteName(path) + " is a pipe or a device, not a file. Save the sound to a file first.", path);
}

tl::unexpected<Error> noBytes(const AudioSource& source)
{
    return failure("audio.empty", sourceName(source) + " is empty: not one byte is in it. Choose another file.", source.path);
}

/// What the system says of a path or an opened file, if that is a plain file.
Result<FileStamp> stampOf(int status, const struct stat& facts, const std::string& path)
{
    if (status != 0)
        return tl::unexpected(systemError(errno, "read", path, false));
    if (S_ISDIR(facts.st_mode))
        return tl::unexpected(systemError(EISDIR, "read", path, false));
    if (!S_ISREG(facts.st_mode))
        return notAFile(path);
    return FileStamp{static_cast<std::uint64_t>(facts.st_size), facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec};
}

} // namespace

Result<FileStamp> fileStamp(const std::string& path)
{
    struct stat facts {};
    const int status = ::stat(path.c_str(), &facts);
    return stampOf(status, facts, path);
}

std::string sourceName(const AudioSource& source)
{
    return source.path.empty() ? "The sound in memory" : quoteName(source.path);
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : source_(std::move(other.source_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_), stamp_(other.stamp_)
{
}

ByteSource::~ByteSource()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<ByteSource> ByteSource::open(const AudioSource& source)
{
    ByteSource opened(source);
    if (source.memory) {
        opened.size_ = source.memory->size();
    } else {
        EARMARK_TRY_VOID(opened.openFile());
    }
    opened.size_ -= std::min(opened.size_, source.offset);
    if (source.length)
        opened.size_ = std::min(opened.size_, *source.length);
    if (opened.size_ == 0)
        return noBytes(source);
    return opened;
}

Result<void> ByteSource::openFile()
{
    const std::string& path = source_.path;
    if (path.find('\0') != std::string::npos)
        return tl::unexpected(systemError(ENOENT, "open", path, false));
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); // a pipe must not make us wait
    if (descriptor_ < 0)
        return tl::unexpected(systemError(errno, "open", path, false));
    struct stat facts {};
    const int status = ::fstat(descriptor_, &facts);
    EARMARK_TRY(stamp_, stampOf(status, facts, path));
    size_ = stamp_.size;
    return {};
}

Result<std::size_t> ByteSource::read(std::uint64_t offset, std::span<std::byte> into) const
{
    const std::uint64_t there = offset < size_ ? size_ - offset : 0;
    const std::span<std::byte> wanted = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), there)));
    if (source_.memory) {
        if (!wanted.empty())
            std::memcpy(wanted.data(), source_.memory->data() + source_.offset + offset, wanted.size());
        return wanted.size();
    }
    std::size_t done = 0;
    while (done < wanted.size()) {
        const ssize_t got = ::pread(descriptor_, wanted.data() + done, wanted.size() - done, static_cast<off_t>(source_.offset + offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tl::unexpected(systemError(errno, "read", source_.path, false));
        if (got == 0)
            break; // shorter than it was when it was opened
        done += static_cast<std::size_t>(got);
    }
    return done;
}

} // namespace earmark
