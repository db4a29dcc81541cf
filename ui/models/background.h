// Questions whose answers take long: each is put on one thread of its own, in order, and its answer comes back on the window's thread unless whoever
// asked is gone. Thread: the window's, but for the work. The destructor drops what has not begun and waits for what has.
#pragma once

#include <QObject>
#include <QPointer>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace earmark
{

class Background : public QObject
{
    Q_OBJECT

public:
    explicit Background(QObject* parent = nullptr);
    ~Background() override;

    /// `work()` on the thread, then `take(result)` here unless `context` is gone.
    template <class Work, class Take> void ask(QObject* context, Work work, Take take)
    {
        post([this, guard = QPointer<QObject>(context), work = std::move(work), take = std::move(take)]() mutable {
            auto result = work();
            QMetaObject::invokeMethod(
                this,
                [guard, result = std::move(result), take = std::move(take)]() mutable {
                    if (guard)
                        take(std::move(result));
                },
                Qt::QueuedConnection);
        });
    }

private:
    void post(std::function<void()> task);
    void loop();

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> tasks_;
    bool ending_ = false;
    std::thread thread_;
};

} // namespace earmark
