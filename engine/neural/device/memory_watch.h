// What tensors take while something computes: the sum over every allocation and release on one device, and its peak.
// Thread: made and asked on the executor's; backward passes on threads of the autograd engine are counted too.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

class MemoryWatch
{
public:
    /// Counts until it is destroyed. Make it before the tensors that are to be released under it.
    explicit MemoryWatch(torch::Device device);
    ~MemoryWatch();
    MemoryWatch(const MemoryWatch&) = delete;
    MemoryWatch& operator=(const MemoryWatch&) = delete;

    /// The peak is counted from here on.
    void begin();
    std::int64_t peak() const; ///< bytes above what there was at begin()

private:
    struct Counter;
    std::shared_ptr<Counter> counter_;
    c10::DebugInfoGuard guard_;
};

} // namespace earmark::neural
