// The bytes of an AudioSource: a regular file, a range of one, or memory. Thread: any, several at once on one object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "engine/audio/clip.h"
#include "engine/audio/content_hash.h"
#include "engine/base/error.h"

namespace earmark
{

/// How a source is called in a sentence: its quoted path.
std::string sourceName(const AudioSource& source);

class ByteSource
{
public:
    /// Opens without waiting: a folder, a pipe, a device or a loop of links is an error, never a hang. Errors: io.*, audio.empty (no byte in it).
    static Result<ByteSource> open(const AudioSource& source);

    ByteSource(ByteSource&& other) noexcept;
    ByteSource& operator=(ByteSource&&) = delete;
    ~ByteSource();

    const AudioSource& source() const { return source_; }
    const FileStamp& stamp() const { return stamp_; } ///< zero for memory
    std::string name() const { return sourceName(source_); }
    std::uint64_t size() const { return size_; } ///< bytes in the range

    /// Fills `into` from `offset` on; returns how many bytes there were, fewer only at the end. Errors: io.unreadable.
    Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) const;

private:
    explicit ByteSource(const AudioSource& source) : source_(source) {}
    Result<void> openFile();

    AudioSource source_;
    int descriptor_ = -1; ///< −1 for memory
    std::uint64_t size_ = 0;
    FileStamp stamp_;
};

} // namespace earmark
