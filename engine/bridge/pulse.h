// A rate limit between threads: whatever is asked for, and however often, happens on the owner's thread at most 30 times a second.
// Thread: request() from any; everything else, and the beat itself, on the thread of the object.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>

namespace earmark
{

class Pulse : public QObject
{
    Q_OBJECT

public:
    static constexpr int interval = 33; ///< milliseconds between two beats, at least

    explicit Pulse(std::function<void()> beat, QObject* parent = nullptr);

    void request(); ///< the beat comes soon; requests before it comes are one
    void now();     ///< the beat comes at once

protected:
    void customEvent(QEvent* event) override; ///< somebody asked: plans the beat

private:

    std::function<void()> beat_;
    std::atomic<bool> asked_ = false;
    QElapsedTimer last_;
    QTimer timer_;
};

} // namespace earmark
