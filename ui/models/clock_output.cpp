#include "ui/models/clock_output.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace earmark
{

void ClockOutput::start(Pull pull)
{
    stop();
    thread_ = std::jthread([this, pull = std::move(pull)](std::stop_token stop) { run(stop, pull); });
}

void ClockOutput::stop()
{
    thread_.request_stop();
    if (thread_.joinable())
        thread_.join();
}

void ClockOutput::run(const std::stop_token& stop, const Pull& pull) const
{
    using Clock = std::chrono::steady_clock;
    constexpr auto period = std::chrono::milliseconds(10);
    std::vector<float> samples(static_cast<std::size_t>(sampleRate_) / 5); // what was late is taken in at most fifths of a second
    const auto began = Clock::now();
    std::int64_t taken = 0;
    for (auto next = began + period; !stop.stop_requested(); next += period) {
        std::this_thread::sleep_until(next);
        const std::chrono::duration<double> passed = Clock::now() - began;
        for (std::int64_t due = static_cast<std::int64_t>(passed.count() * sampleRate_) - taken; due > 0 && !stop.stop_requested();) {
            const auto count = std::min(static_cast<std::size_t>(due), samples.size());
            pull(std::span(samples).first(count));
            taken += static_cast<std::int64_t>(count);
            due -= static_cast<std::int64_t>(count);
        }
    }
}

} // namespace earmark
