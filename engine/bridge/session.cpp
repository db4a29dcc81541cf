#include "engine/bridge/session.h"

namespace earmark
{

Session::Session(Kind kind, QString title, QObject* parent)
    : QObject(parent), kind_(kind), title_(std::move(title)), notes_([this](std::vector<Note>&& notes) { take(std::move(notes)); }, this)
{
}

Session::~Session() { halt(); }

std::optional<double> Session::secondsLeft() const
{
    const std::int64_t since = done_ - std::max<std::int64_t>(doneAtStart_, 0);
    if (state_ != State::running || total_ <= 0 || since <= 0)
        return std::nullopt;
    return secondsElapsed() / static_cast<double>(since) * static_cast<double>(total_ - done_);
}

double Session::secondsElapsed() const
{
    if (!clock_.isValid())
        return 0;
    const qint64 now = isOver() ? endedAt_ : state_ == State::paused ? pausedSince_ : clock_.elapsed();
    return static_cast<double>(now - pausedFor_) / 1000;
}

void Session::start()
{
    if (state_ != State::waiting)
        return;
    clock_.start();
    setState(State::running);
    thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

void Session::stop()
{
    if (state_ == State::waiting) {
        setState(State::stopped);
        Q_EMIT ended();
        return;
    }
    if (state_ == State::paused)
        resume(); // it stops at its next step, and needs one for that
    thread_.request_stop();
}

void Session::pause()
{
    if (state_ != State::running || !canPause())
        return;
    pausedSince_ = clock_.elapsed();
    setPaused(true);
    setState(State::paused);
}

void Session::resume()
{
    if (state_ != State::paused)
        return;
    pausedFor_ += clock_.elapsed() - pausedSince_;
    setPaused(false);
    setState(State::running);
}

void Session::halt()
{
    if (!thread_.joinable())
        return;
    thread_.request_stop();
    setPaused(false);
    thread_.join();
}

void Session::reportProgress(std::int64_t done, std::int64_t total) { notes_.push({.done = done, .total = total}); }

void Session::reportRemark(Remark remark) { notes_.push({.remark = std::move(remark)}); }

void Session::run(std::stop_token stop)
{
    Result<bool> result = work(std::move(stop));
    deliver([this, result = std::move(result)]() mutable { conclude(std::move(result)); });
}

void Session::take(std::vector<Note>&& notes)
{
    bool moved = false;
    for (const Note& note : notes) {
        if (note.remark) {
            Q_EMIT remarked(*note.remark);
            continue;
        }
        moved = true;
        done_ = note.done;
        total_ = note.total;
        if (doneAtStart_ < 0)
            doneAtStart_ = done_;
    }
    if (moved)
        Q_EMIT progressed();
}

void Session::conclude(Result<bool> result)
{
    thread_.join();
    notes_.flush();
    finish();
    if (!result)
        error_ = std::move(result.error());
    setState(!result ? State::failed : *result ? State::finished : State::stopped);
    Q_EMIT ended();
}

void Session::setState(State state)
{
    if (state == state_)
        return;
    state_ = state;
    if (isOver() && clock_.isValid())
        endedAt_ = clock_.elapsed();
    Q_EMIT stateChanged();
}

} // namespace earmark
