// A file's bytes, mapped for reading. Thread: any; immutable.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "engine/base/error.h"

namespace earmark::neural
{

class MappedFile
{
public:
    /// Errors: io.*. Folders, pipes and devices are refused.
    static Result<std::shared_ptr<const MappedFile>> open(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return bytes_; }
    const std::string& path() const { return path_; }

private:
    MappedFile(std::string path, std::span<const std::byte> bytes) : path_(std::move(path)), bytes_(bytes) {}

    std::string path_;
    std::span<const std::byte> bytes_;
};

} // namespace earmark::neural
