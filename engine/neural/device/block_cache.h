// Large blocks of memory, kept for the next who asks for their size. Knows nothing of torch.
#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace earmark::neural
{

/// The C library gives large blocks back to the kernel at every release (glibc from 32 MiB on, and all that a thread beside the main one holds beyond
/// 64 MiB), which clears every page of the next: a training step then touches its gigabytes anew each time, a twentieth of its time. A step asks for
/// the same sizes as the one before, so whole blocks are kept, by size. Sizes are rounded up by an eighth at most; pages beyond what was asked for are
/// never touched and so never there. Thread: any.
class BlockCache
{
public:
    BlockCache() = default;
    ~BlockCache() { trim(); } ///< of blocks that are still in use nothing happens
    BlockCache(const BlockCache&) = delete;
    BlockCache& operator=(const BlockCache&) = delete;

    /// At least `bytes` (more than 0), at the start of a page, of any content; null where the kernel has no more.
    void* take(std::size_t bytes);
    bool holds(void* start) const; ///< whether take() gave it and nobody gave it back
    /// What take() gave; its content is lost.
    void give(void* start);
    /// Returns all that is spare to the kernel.
    void trim();

    std::size_t used() const;  ///< bytes in the hands of callers, as rounded
    std::size_t spare() const; ///< bytes kept: with those used at most five quarters of the most that was used at once since the last trim()

private:
    struct Block {
        void* start;
        std::size_t bytes;
    };
    std::vector<Block> surplus(std::size_t bytes);

    mutable std::mutex mutex_;
    std::unordered_map<void*, std::size_t> taken_;
    std::vector<Block> spare_; ///< the longest spare first
    std::size_t used_ = 0;
    std::size_t spareBytes_ = 0;
    std::size_t most_ = 0; ///< of used_
};

} // namespace earmark::neural
