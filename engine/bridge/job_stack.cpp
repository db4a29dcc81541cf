#include "engine/bridge/job_stack.h"

#include <algorithm>
#include <iterator>
#include <sys/resource.h>
#include <unistd.h>

namespace earmark
{

JobStack::JobStack(int threads, std::size_t most) : most_(most)
{
    for (int i = 0; i < threads; ++i)
        threads_.emplace_back([this](std::stop_token stop) { run(stop); });
}

JobStack::~JobStack()
{
    for (auto& thread : threads_)
        thread.request_stop();
    threads_.clear();
}

std::optional<std::uint64_t> JobStack::push(Job job)
{
    std::optional<std::uint64_t> dropped;
    {
        const std::lock_guard lock(mutex_);
        if (running_.contains(job.key))
            return {};
        std::erase_if(waiting_, [&](const Job& other) { return other.key == job.key; });
        waiting_.push_front(std::move(job));
        if (waiting_.size() > most_) {
            dropped = waiting_.back().key;
            waiting_.pop_back();
        }
    }
    arrived_.notify_one();
    return dropped;
}

void JobStack::replace(std::vector<Job> jobs)
{
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(jobs, [&](const Job& job) { return running_.contains(job.key); });
        waiting_.assign(std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
    }
    arrived_.notify_all();
}

void JobStack::run(std::stop_token stop)
{
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10); // on Linux the niceness of this thread alone
    std::unique_lock lock(mutex_);
    while (arrived_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
        if (stop.stop_requested())
            return;
        const Job job = std::move(waiting_.front());
        waiting_.pop_front();
        running_.insert(job.key);
        lock.unlock();
        job.work(stop);
        lock.lock();
        running_.erase(job.key);
    }
}

} // namespace earmark
