// An ordered, bounded, parallel map: items are made on threads of low priority while the executor computes, and handed over in order.
// Thread: made, asked and destroyed by one; `make` runs on the workers, several at once, and never calls torch.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace earmark::neural
{

/// Lets the computing threads go first: niceness is per thread on Linux.
void lowerThreadPriority();

template <class Item> class ReadAhead
{
public:
    /// At most `ahead` items are in work or wait to be taken.
    ReadAhead(std::size_t count, int threads, std::size_t ahead, std::function<Item(std::size_t)> make)
        : make_(std::move(make)), count_(count), ahead_(std::max<std::size_t>(1, ahead))
    {
        const auto workers = std::min<std::size_t>({static_cast<std::size_t>(std::max(1, threads)), ahead_, count_});
        for (std::size_t i = 0; i < workers; ++i)
            threads_.emplace_back([this] { work(); });
    }

    ~ReadAhead()
    {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        room_.notify_all();
    }

    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    std::size_t count() const { return count_; }

    /// The next in order; waits for it. Rethrows what a worker threw (std::bad_alloc).
    Item next()
    {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return thrown_ || made_.contains(taken_); });
        if (thrown_)
            std::rethrow_exception(thrown_);
        Item item = std::move(made_.extract(taken_++).mapped());
        lock.unlock();
        room_.notify_all();
        return item;
    }

    /// The next `most` in order, fewer at the end; nothing where stopped.
    std::optional<std::vector<Item>> next(std::size_t most, const std::stop_token& stop)
    {
        std::vector<Item> items;
        while (items.size() < most && taken_ < count_) { // only this thread takes
            if (stop.stop_requested())
                return std::nullopt;
            items.push_back(next());
        }
        return items;
    }

private:
    void work()
    {
        lowerThreadPriority();
        std::unique_lock lock(mutex_);
        for (;;) {
            room_.wait(lock, [&] { return ending_ || begun_ == count_ || begun_ < taken_ + ahead_; });
            if (ending_ || begun_ == count_)
                return;
            const std::size_t index = begun_++;
            lock.unlock();
            try {
                Item item = make_(index);
                lock.lock();
                made_.emplace(index, std::move(item));
            } catch (...) {
                if (!lock.owns_lock())
                    lock.lock();
                thrown_ = std::current_exception();
            }
            ready_.notify_all();
        }
    }

    const std::function<Item(std::size_t)> make_;
    const std::size_t count_;
    const std::size_t ahead_;

    std::mutex mutex_;
    std::condition_variable ready_;
    std::condition_variable room_;
    std::map<std::size_t, Item> made_;
    std::exception_ptr thrown_;
    std::size_t begun_ = 0;
    std::size_t taken_ = 0;
    bool ending_ = false;
    std::vector<std::jthread> threads_; ///< last: they use all of the above
};

} // namespace earmark::neural
