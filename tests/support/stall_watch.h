// Measures how long the event loop of the window's thread is away: a thread asks it to do nothing, again and again, and times the answer.
// Thread: made, read and destroyed on the window's.
#pragma once

#include <QCoreApplication>
#include <QMetaObject>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <semaphore>
#include <thread>

namespace earmark::test
{

class StallWatch
{
    using Clock = std::chrono::steady_clock;

public:
    StallWatch() : thread_([this](std::stop_token stop) { watch(stop); }) {}

    /// Milliseconds of the longest stall since the start or the last reset.
    double longest() const { return longest_->load() / 1000.0; }
    void reset() { longest_->store(0); }

private:
    static constexpr auto pause = std::chrono::milliseconds(2);

    void watch(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            auto answered = std::make_shared<std::binary_semaphore>(0);
            const auto asked = Clock::now();
            QMetaObject::invokeMethod(QCoreApplication::instance(), [answered] { answered->release(); }, Qt::QueuedConnection);
            while (!answered->try_acquire_for(std::chrono::milliseconds(20)))
                if (stop.stop_requested())
                    return;
            const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - asked).count();
            longest_->store(std::max<long long>(longest_->load(), took));
            std::this_thread::sleep_for(pause);
        }
    }

    std::shared_ptr<std::atomic<long long>> longest_ = std::make_shared<std::atomic<long long>>(0); ///< microseconds
    std::jthread thread_;
};

} // namespace earmark::test
