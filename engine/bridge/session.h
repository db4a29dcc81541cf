// One piece of long work (an import, a training, a prediction …) as a QObject: it runs on a thread of its own, tells how far it is, and can be
// stopped. Thread: that of the object, but for what a derived class runs in work(). Signals come on the object's thread.
// The destructor asks the work to stop, then waits for it; each derived class calls halt() in its own, while its members still live.
#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/remark.h"
#include "engine/bridge/delivery.h"
#include "engine/bridge/mailbox.h"

namespace earmark
{

class Session : public QObject
{
    Q_OBJECT

public:
    enum class State {
        waiting,  ///< made, not begun: it may stand in a queue
        running,
        paused,
        finished, ///< did all it was to do
        stopped,  ///< by stop()
        failed    ///< see error()
    };
    Q_ENUM(State)

    /// What it is, for the list of jobs; the window makes a sentence of it together with title().
    enum class Kind { import, train, evaluate, predict, embed, exporting, relocate, other };
    Q_ENUM(Kind)

    Session(Kind kind, QString title, QObject* parent);
    ~Session() override;

    Kind kind() const { return kind_; }
    const QString& title() const { return title_; } ///< a proper name: of a run, a folder, a file. Not a sentence
    State state() const { return state_; }
    bool isOver() const { return state_ == State::finished || state_ == State::stopped || state_ == State::failed; }
    const std::optional<Error>& error() const { return error_; }
    std::int64_t done() const { return done_; }
    std::int64_t total() const { return total_; } ///< 0 while unknown
    std::optional<double> secondsLeft() const;    ///< nothing while nobody can say
    double secondsElapsed() const;                ///< since the start, pauses left out; of one that is over: what it took

    void start(); ///< only from waiting
    void stop();  ///< from waiting: at once; from running: at the next step or batch

    virtual bool canPause() const { return false; }
    void pause();
    void resume();

Q_SIGNALS:
    void stateChanged();
    void progressed();                     ///< done(), total() or secondsLeft() changed; at most 30 times a second
    void remarked(const earmark::Remark& remark); ///< something worth reading
    void ended();                          ///< after the last of all other signals

protected:
    /// The work, on its own thread. True where it was done to its end, false where it was stopped.
    virtual Result<bool> work(std::stop_token stop) = 0;
    /// On the object's thread, before ended() and before the state is final: deliver what waits.
    virtual void finish() {}
    /// Called on pause() and resume() with what the work is to do now. Thread: the object's.
    virtual void setPaused(bool) {}

    void halt(); ///< asks to stop and waits
    void reportProgress(std::int64_t done, std::int64_t total); ///< from any thread
    void reportRemark(Remark remark);                           ///< from any thread
    void deliver(std::function<void()> onThisThread) { mailbox_.post(std::move(onThisThread)); } ///< from any thread, in order

private:
    struct Note {
        std::optional<Remark> remark;
        std::int64_t done = 0;
        std::int64_t total = 0;
    };

    void run(std::stop_token stop);
    void take(std::vector<Note>&& notes);
    void conclude(Result<bool> result);
    void setState(State state);

    const Kind kind_;
    const QString title_;
    State state_ = State::waiting;
    std::optional<Error> error_;
    std::int64_t done_ = 0;
    std::int64_t total_ = 0;
    std::int64_t doneAtStart_ = -1; ///< a resumed run begins in the middle
    QElapsedTimer clock_;
    qint64 pausedFor_ = 0;   ///< milliseconds
    qint64 pausedSince_ = 0; ///< of clock_
    qint64 endedAt_ = 0;     ///< of clock_
    Mailbox mailbox_;
    Delivery<Note> notes_;
    std::jthread thread_;
};

} // namespace earmark
