#include "engine/bridge/session_queue.h"

#include <algorithm>

namespace earmark
{

namespace
{

bool isGoing(const Session& session) { return session.state() == Session::State::running || session.state() == Session::State::paused; }

} // namespace

SessionQueue::~SessionQueue()
{
    for (const auto& session : sessions_)
        disconnect(session.get(), nullptr, this, nullptr);
    for (const auto& session : sessions_)
        if (!session->isOver())
            session->stop(); // all at once; the destructors then wait for each
}

void SessionQueue::enqueue(std::shared_ptr<Session> session)
{
    take(std::move(session), true);
    startNext();
}

void SessionQueue::startNow(std::shared_ptr<Session> session)
{
    take(session, false);
    session->start();
}

void SessionQueue::take(std::shared_ptr<Session> session, bool queues)
{
    Session* known = session.get();
    connect(known, &Session::stateChanged, this, &SessionQueue::changed);
    connect(known, &Session::progressed, this, [this, known] { Q_EMIT progressed(known); });
    connect(known, &Session::ended, this, [this, known] {
        std::erase(queueing_, known);
        Q_EMIT ended(known);
        startNext();
    });
    if (queues)
        queueing_.push_back(known);
    sessions_.push_back(std::move(session));
    Q_EMIT changed();
}

void SessionQueue::startNext()
{
    if (queueing_.empty())
        return;
    const auto first = std::ranges::find(sessions_, queueing_.front(), &std::shared_ptr<Session>::get);
    if ((*first)->state() == Session::State::waiting)
        (*first)->start();
}

bool SessionQueue::isBusy() const
{
    return std::ranges::any_of(sessions_, [](const auto& session) { return isGoing(*session) || session->state() == Session::State::waiting; });
}

void SessionQueue::forget(const Session* session)
{
    const auto found = std::ranges::find(sessions_, session, &std::shared_ptr<Session>::get);
    if (found == sessions_.end() || !(*found)->isOver())
        return;
    sessions_.erase(found);
    Q_EMIT changed();
}

void SessionQueue::stopAll()
{
    const auto all = sessions_;
    for (auto it = all.rbegin(); it != all.rend(); ++it) // those that wait first, so that none of them starts
        if (!(*it)->isOver())
            (*it)->stop();
}

} // namespace earmark
