#include "engine/neural/device/allocator.h"

#include <cstdint>

#include <c10/core/CPUAllocator.h>

#include "engine/neural/device/block_cache.h"

namespace earmark::neural
{

namespace
{

constexpr std::size_t large = 1 << 20;

/// Never deleted: tensors may be released after the end of main.
BlockCache& blocks()
{
    static auto* cache = new BlockCache;
    return *cache;
}

void release(void* start)
{
    constexpr std::uintptr_t inPage = 4095; // a block of the cache begins with a page, and a small one seldom does
    if ((reinterpret_cast<std::uintptr_t>(start) & inPage) != 0 || !blocks().holds(start))
        return c10::GetDefaultCPUAllocator()->raw_deallocate(start);
    c10::profiledCPUMemoryReporter().Delete(start); // first: the next may have it at once
    blocks().give(start);
}

class Allocator final : public c10::Allocator
{
public:
    c10::DataPtr allocate(std::size_t bytes) override
    {
        void* start = bytes < large ? nullptr : blocks().take(bytes);
        if (start)
            c10::profiledCPUMemoryReporter().New(start, bytes);
        else
            start = c10::GetDefaultCPUAllocator()->raw_allocate(bytes); // throws where there is no more
        return {start, start, release, c10::Device(c10::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return release; }
    void copy_data(void* to, const void* from, std::size_t bytes) const override { default_copy_data(to, from, bytes); }
};

} // namespace

void installAllocator()
{
    static auto* allocator = new Allocator;
    c10::SetCPUAllocator(allocator, 1);
}

void trimAllocator() { blocks().trim(); }

} // namespace earmark::neural
