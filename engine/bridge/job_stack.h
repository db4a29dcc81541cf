// Small jobs for the eye on a few threads of low priority, the newest first: what was asked for last is what is being looked at.
// Thread: any. The destructor drops what waits and waits for what runs; a job looks at its stop token to make that short.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <unordered_set>
#include <vector>

namespace earmark
{

class JobStack
{
public:
    struct Job {
        std::uint64_t key = 0; ///< tells what is asked for twice
        std::function<void(std::stop_token)> work;
    };

    /// At most `most` jobs wait; beyond that the oldest is dropped.
    explicit JobStack(int threads, std::size_t most = 1024);
    ~JobStack();
    JobStack(const JobStack&) = delete;
    JobStack& operator=(const JobStack&) = delete;

    /// On top of the others. One that waits already moves there; one that runs stays as it is. Returns the key that was dropped to make room.
    std::optional<std::uint64_t> push(Job job);
    /// These and no others wait, the first is done first. What runs goes on.
    void replace(std::vector<Job> jobs);

private:
    void run(std::stop_token stop);

    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<Job> waiting_; ///< the next one first
    std::unordered_set<std::uint64_t> running_;
    std::vector<std::jthread> threads_;
};

} // namespace earmark
