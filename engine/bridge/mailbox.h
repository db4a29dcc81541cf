// Work that another thread hands to the thread of a QObject: done in order, each as an event of its own. What it carries passes through a lock of ours,
// which the thread sanitizer sees; Qt's own it does not.
// Thread: post() from any, until the object is destroyed; what was not done by then is dropped.
#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>

namespace earmark
{

class Mailbox final : public QObject
{
    Q_OBJECT

public:
    explicit Mailbox(QObject* parent = nullptr) : QObject(parent) {}

    void post(std::function<void()> work);

protected:
    void customEvent(QEvent* event) override;

private:
    std::mutex mutex_;
    std::deque<std::function<void()>> waiting_;
};

} // namespace earmark
