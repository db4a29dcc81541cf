#include "engine/neural/checkpoint/mapped_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/file.h"

namespace earmark::neural
{

namespace
{

Result<std::span<const std::byte>> mapDescriptor(int file, const std::string& path)
{
    struct stat facts {
    };
    if (::fstat(file, &facts) != 0)
        return tl::unexpected(systemError(errno, "read", path, false));
    if (!S_ISREG(facts.st_mode))
        return failure("io.unreadable", quoteName(path) + " is not a file.", path);
    if (facts.st_size == 0)
        return std::span<const std::byte>();
    const auto size = static_cast<std::size_t>(facts.st_size);
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (start == MAP_FAILED)
        return tl::unexpected(systemError(errno, "map", path, false));
    return std::span(static_cast<const std::byte*>(start), size);
}

} // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe must not make us wait
    if (file < 0)
        return tl::unexpected(systemError(errno, "open", path, false));
    auto bytes = mapDescriptor(file, path);
    ::close(file);
    if (!bytes)
        return tl::unexpected(std::move(bytes.error()));
    return std::shared_ptr<const MappedFile>(new MappedFile(path, *bytes));
}

MappedFile::~MappedFile()
{
    if (!bytes_.empty())
        ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

} // namespace earmark::neural
