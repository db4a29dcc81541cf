#include "engine/bridge/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

namespace earmark
{

void Mailbox::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(work));
    }
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

/// One a call: the work may run an event loop of its own, in which the next comes before this one is done.
void Mailbox::customEvent(QEvent*)
{
    std::function<void()> work;
    {
        const std::lock_guard lock(mutex_);
        work = std::move(waiting_.front());
        waiting_.pop_front();
    }
    work();
}

} // namespace earmark
