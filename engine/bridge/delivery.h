// Events from a worker thread to the thread of a QObject: in order, none lost, at most 30 deliveries a second, each with all that came meanwhile.
// Thread: push() from any; flush() and the receiver on the owner's thread.
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "engine/bridge/pulse.h"

namespace earmark
{

template <class Event> class Delivery
{
public:
    using Receiver = std::function<void(std::vector<Event>&&)>;

    Delivery(Receiver receiver, QObject* owner) : receiver_(std::move(receiver)), pulse_(new Pulse([this] { take(); }, owner)) {}
    ~Delivery() { delete pulse_; }
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;

    void push(Event event)
    {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(event));
        }
        pulse_->request();
    }
    /// Delivers what waits now: before a session says that it has ended.
    void flush() { pulse_->now(); }

private:
    void take()
    {
        std::vector<Event> events;
        {
            const std::lock_guard lock(mutex_);
            events.swap(waiting_);
        }
        if (!events.empty())
            receiver_(std::move(events));
    }

    Receiver receiver_;
    std::mutex mutex_;
    std::vector<Event> waiting_;
    Pulse* pulse_; ///< a child of the owner, which may outlive it
};

} // namespace earmark
