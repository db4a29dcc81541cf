// Samples from one thread to one other without a lock: written by the decoder, read by the sound device. Places are counted from the first sample ever
// and never wrap. Thread: write() on the writer’s, at() and release() on the reader’s.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace earmark
{

class SampleRing
{
public:
    explicit SampleRing(std::size_t atLeast) : samples_(std::bit_ceil(atLeast)) {}

    std::uint64_t written() const { return written_.load(std::memory_order_acquire); }
    std::uint64_t taken() const { return taken_.load(std::memory_order_acquire); }
    std::size_t capacity() const { return samples_.size(); }

    /// As many as there is room for; returns how many.
    std::size_t write(std::span<const float> from)
    {
        const std::uint64_t place = written_.load(std::memory_order_relaxed);
        const std::size_t room = samples_.size() - static_cast<std::size_t>(place - taken());
        const std::size_t count = std::min(room, from.size());
        for (std::size_t i = 0; i < count; ++i)
            samples_[(place + i) & (samples_.size() - 1)] = from[i];
        written_.store(place + count, std::memory_order_release);
        return count;
    }

    float at(std::uint64_t place) const { return samples_[place & (samples_.size() - 1)]; }
    /// Everything before `place` may be overwritten.
    void release(std::uint64_t place) { taken_.store(place, std::memory_order_release); }

private:
    std::vector<float> samples_;
    std::atomic<std::uint64_t> written_ = 0;
    std::atomic<std::uint64_t> taken_ = 0;
};

} // namespace earmark
