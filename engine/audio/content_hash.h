// What a source's bytes are, for duplicates and for noticing change. Thread: any.
#pragma once

#include <cstdint>
#include <string>

#include "engine/audio/clip.h"
#include "engine/base/error.h"

namespace earmark
{

/// Size and time of change of a file: the cheap sign that it is not what it was.
struct FileStamp {
    std::uint64_t size = 0;    ///< bytes of the whole file
    std::int64_t modified = 0; ///< nanoseconds since 1970

    bool operator==(const FileStamp&) const = default;
};

/// Without opening the file. Errors: io.*, also for a folder, a pipe or a device.
Result<FileStamp> fileStamp(const std::string& path);

/// XXH3-128 of the source's bytes as 32 lower-case hexadecimal digits: equal bytes, equal hash; not meant against forgers.
/// Reads block by block. Errors: io.*, audio.empty.
Result<std::string> contentHash(const AudioSource& source);

} // namespace earmark
