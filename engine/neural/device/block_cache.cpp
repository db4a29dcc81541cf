#include "engine/neural/device/block_cache.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include <sys/mman.h>

namespace earmark::neural
{

namespace
{

constexpr std::size_t page = 4096;

/// Eight sizes between a power of two and the next; 0 where that is more than can be counted.
std::size_t rounded(std::size_t bytes)
{
    const std::size_t unit = std::max(page, std::bit_floor(bytes) / 8);
    return bytes > SIZE_MAX - unit ? 0 : (bytes + unit - 1) / unit * unit;
}

void* map(std::size_t bytes)
{
    void* start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return start == MAP_FAILED ? nullptr : start;
}

} // namespace

void* BlockCache::take(std::size_t bytes)
{
    const std::size_t size = rounded(bytes);
    if (size == 0)
        return nullptr;
    std::vector<Block> tooMuch;
    {
        const std::lock_guard lock(mutex_);
        used_ += size;
        most_ = std::max(most_, used_);
        const auto found = std::ranges::find(spare_.rbegin(), spare_.rend(), size, &Block::bytes);
        if (found != spare_.rend()) {
            void* start = found->start;
            spare_.erase(std::next(found).base());
            spareBytes_ -= size;
            taken_.emplace(start, size);
            return start;
        }
        tooMuch = surplus(most_ + most_ / 4 - used_);
    }
    for (const Block& block : tooMuch)
        ::munmap(block.start, block.bytes);
    void* start = map(size);
    if (!start) {
        trim();
        start = map(size);
    }
    const std::lock_guard lock(mutex_);
    if (start)
        taken_.emplace(start, size);
    else
        most_ = used_ -= size;
    return start;
}

bool BlockCache::holds(void* start) const
{
    const std::lock_guard lock(mutex_);
    return taken_.contains(start);
}

void BlockCache::give(void* start)
{
    const std::lock_guard lock(mutex_);
    const auto found = taken_.find(start);
    spare_.push_back({start, found->second});
    spareBytes_ += found->second;
    used_ -= found->second;
    taken_.erase(found);
}

void BlockCache::trim()
{
    std::vector<Block> all;
    {
        const std::lock_guard lock(mutex_);
        all = surplus(0);
        most_ = used_;
    }
    for (const Block& block : all)
        ::munmap(block.start, block.bytes);
}

/// Takes what is too much out of the spare blocks, the longest spare first, until they are no more than `bytes`.
std::vector<BlockCache::Block> BlockCache::surplus(std::size_t bytes)
{
    auto end = spare_.begin();
    for (; spareBytes_ > bytes; ++end)
        spareBytes_ -= end->bytes;
    std::vector<Block> removed(spare_.begin(), end);
    spare_.erase(spare_.begin(), end);
    return removed;
}

std::size_t BlockCache::used() const
{
    const std::lock_guard lock(mutex_);
    return used_;
}

std::size_t BlockCache::spare() const
{
    const std::lock_guard lock(mutex_);
    return spareBytes_;
}

} // namespace earmark::neural
