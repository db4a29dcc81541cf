#include "ui/models/background.h"

namespace earmark
{

Background::Background(QObject* parent) : QObject(parent), thread_([this] { loop(); }) {}

Background::~Background()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        tasks_.clear();
    }
    arrived_.notify_all();
    thread_.join();
}

void Background::post(std::function<void()> task)
{
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    arrived_.notify_one();
}

void Background::loop()
{
    std::unique_lock lock(mutex_);
    while (true) {
        arrived_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (ending_)
            return;
        const auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

} // namespace earmark
