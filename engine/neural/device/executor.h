// The one thread that calls torch: its thread pools, grad mode and random generators are per thread or global, so everything computes here.
// Thread: run() and runSoon() from any; betweenSteps() from the executor's own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

namespace earmark::neural
{

class Executor
{
public:
    /// Lives as long as the process: LibTorch's pools do not survive the end of the thread that made them.
    static Executor& instance();

    /// Queues `job`, waits, returns what it returned. Jobs run in the order queued; called from the executor itself, at once.
    template <class Job> auto run(Job&& job) { return submit(std::forward<Job>(job), false); }
    /// As run(), for a small job: it may also run between two steps of a longer one.
    template <class Job> auto runSoon(Job&& job) { return submit(std::forward<Job>(job), true); }

    /// A long job calls this between its steps; waiting small jobs run now, with the random generators, the grad mode and the thread count put
    /// back afterwards. `wait` is how long to wait for the first of them.
    void betweenSteps(std::chrono::milliseconds wait = {});

private:
    struct Job {
        std::function<void()> work;
        bool small;
    };

    Executor();
    void loop();
    void runAndWait(std::function<void()> work, bool small);

    template <class Work> auto submit(Work&& work, bool small) -> std::invoke_result_t<Work>
    {
        using Value = std::invoke_result_t<Work>;
        if constexpr (std::is_void_v<Value>) {
            runAndWait([&] { work(); }, small);
        } else {
            std::optional<Value> value;
            runAndWait([&] { value.emplace(work()); }, small);
            return std::move(*value);
        }
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Job> waiting_;
    std::thread::id id_;
};

} // namespace earmark::neural
