// The sessions that want the networks, one at a time in the order in which they came, for all to see; others may be listed here as well and run
// at once. Thread: that of the object.
#pragma once

#include <QObject>

#include <memory>
#include <vector>

#include "engine/bridge/session.h"

namespace earmark
{

class SessionQueue : public QObject
{
    Q_OBJECT

public:
    explicit SessionQueue(QObject* parent = nullptr) : QObject(parent) {}
    ~SessionQueue() override; ///< stops all and waits

    /// Takes the session; it starts when no other session that queues runs.
    void enqueue(std::shared_ptr<Session> session);
    /// Takes the session and starts it now: imports, exports, and predictions small enough to slip in between two steps of a training.
    void startNow(std::shared_ptr<Session> session);

    const std::vector<std::shared_ptr<Session>>& sessions() const { return sessions_; } ///< running, waiting and over, oldest first
    bool isBusy() const;                                                                ///< one of them runs, is paused or waits
    void forget(const Session* session);                                                ///< one that is over, out of the list
    void stopAll();

Q_SIGNALS:
    void changed();                            ///< a session came, went or changed its state
    void progressed(earmark::Session* session);
    void ended(earmark::Session* session);

private:
    void take(std::shared_ptr<Session> session, bool queues);
    void startNext();

    std::vector<std::shared_ptr<Session>> sessions_;
    std::vector<const Session*> queueing_;
};

} // namespace earmark
