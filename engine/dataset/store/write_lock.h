// One writer at a time: a side file NAME.earmark-lock that its holder keeps locked and that names it. The kernel drops the lock when the
// holder dies, however it dies, so nothing is ever stale. Run folders have such a lock too, as long as their run goes on.
// Private to the room.
#pragma once

#include <chrono>
#include <string>

#include "engine/base/error.h"

namespace earmark
{

class WriteLock
{
public:
    /// Errors: project.locked (says which process on which machine holds it), project.read_only where the side file cannot be made.
    static Result<WriteLock> acquire(const std::string& project, std::chrono::milliseconds wait);

    /// Nobody holds it now.
    static bool isFree(const std::string& project);

    WriteLock() = default;
    WriteLock(WriteLock&& other) noexcept;
    WriteLock& operator=(WriteLock&& other) noexcept;
    ~WriteLock() { release(); }
    void release();

private:
    WriteLock(int file, std::string path) : file_(file), path_(std::move(path)) {}
    int file_ = -1;
    std::string path_;
};

} // namespace earmark
