#include "engine/neural/device/memory_watch.h"

#include <algorithm>
#include <mutex>

#include <c10/core/Allocator.h>

namespace earmark::neural
{

/// LibTorch's allocators report to whatever stands where its profiler does.
struct MemoryWatch::Counter final : c10::MemoryReportingInfoBase {
    explicit Counter(torch::Device toWatch) : device(toWatch) {}

    void reportMemoryUsage(void*, std::int64_t size, std::size_t, std::size_t, torch::Device where) override
    {
        if (where.type() != device.type())
            return;
        const std::lock_guard lock(mutex);
        held += size; // negative for a release
        most = std::max(most, held);
    }
    bool memoryProfilingEnabled() const override { return true; }

    const torch::Device device;
    std::mutex mutex;
    std::int64_t held = 0;
    std::int64_t most = 0;
    std::int64_t atBegin = 0;
};

MemoryWatch::MemoryWatch(torch::Device device)
    : counter_(std::make_shared<Counter>(device)), guard_(c10::DebugInfoKind::PROFILER_STATE, counter_)
{
}

MemoryWatch::~MemoryWatch() = default;

void MemoryWatch::begin()
{
    const std::lock_guard lock(counter_->mutex);
    counter_->atBegin = counter_->most = counter_->held;
}

std::int64_t MemoryWatch::peak() const
{
    const std::lock_guard lock(counter_->mutex);
    return counter_->most - counter_->atBegin;
}

} // namespace earmark::neural
