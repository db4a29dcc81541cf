#include "engine/neural/device/executor.h"

#include <algorithm>
#include <exception>
#include <future>
#include <memory>

#include "engine/neural/device/allocator.h"
#include "engine/neural/device/guards.h"
#include "engine/neural/device/vector_math.h"

namespace earmark::neural
{

Executor& Executor::instance()
{
    static Executor* executor = new Executor; // never deleted
    return *executor;
}

Executor::Executor()
{
    installAllocator();
    std::promise<std::thread::id> started;
    std::thread([this, &started] {
        readyVectorMath();
        started.set_value(std::this_thread::get_id());
        loop();
    }).detach();
    id_ = started.get_future().get();
}

void Executor::loop()
{
    for (;;) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] { return !waiting_.empty(); });
        Job job = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        job.work();
        trimAllocator();
    }
}

void Executor::betweenSteps(std::chrono::milliseconds wait)
{
    {
        std::unique_lock lock(mutex_);
        arrived_.wait_for(lock, wait, [&] { return std::ranges::any_of(waiting_, &Job::small); });
    }
    for (;;) {
        std::unique_lock lock(mutex_);
        const auto job = std::ranges::find_if(waiting_, &Job::small);
        if (job == waiting_.end())
            return;
        const std::function<void()> work = std::move(job->work);
        waiting_.erase(job);
        lock.unlock();
        const StateGuard guard;
        work();
    }
}

void Executor::runAndWait(std::function<void()> work, bool small)
{
    if (std::this_thread::get_id() == id_)
        return work();
    auto task = std::make_shared<std::packaged_task<void()>>(std::move(work));
    std::future<void> done = task->get_future();
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({[task] { (*task)(); }, small});
    }
    arrived_.notify_one();
    done.get(); // rethrows what the job threw
}

} // namespace earmark::neural
