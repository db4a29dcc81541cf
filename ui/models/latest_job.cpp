#include "ui/models/latest_job.h"

namespace earmark
{

LatestJob::LatestJob(QObject* parent) : QObject(parent) {}

LatestJob::~LatestJob()
{
    cancel();
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
}

void LatestJob::cancel()
{
    ++wish_;
    busy_ = false;
    const std::lock_guard lock(mutex_);
    next_ = nullptr;
    running_.request_stop();
}

void LatestJob::start(Work work)
{
    cancel();
    busy_ = true;
    {
        const std::lock_guard lock(mutex_);
        next_ = std::move(work);
        nextWish_ = wish_;
    }
    if (!thread_.joinable())
        thread_ = std::jthread([this](std::stop_token end) { loop(end); });
    arrived_.notify_one();
}

void LatestJob::deliver(int wish, std::function<void()> take)
{
    QMetaObject::invokeMethod(
        this,
        [this, wish, take = std::move(take)] {
            if (wish != wish_)
                return;
            busy_ = false;
            take();
        },
        Qt::QueuedConnection);
}

void LatestJob::loop(std::stop_token end)
{
    std::unique_lock lock(mutex_);
    while (arrived_.wait(lock, end, [this] { return next_ != nullptr; })) {
        const Work work = std::exchange(next_, nullptr);
        const int wish = nextWish_;
        running_ = {};
        const std::stop_token stop = running_.get_token();
        lock.unlock();
        work(stop, wish);
        lock.lock();
    }
}

} // namespace earmark
