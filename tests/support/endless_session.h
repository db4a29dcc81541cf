// A job that goes on until it is stopped, or fails when it is told to. Thread: as Session.
#pragma once

#include <condition_variable>
#include <mutex>

#include "engine/bridge/session.h"

namespace earmark::test
{

class EndlessSession : public Session
{
public:
    explicit EndlessSession(Kind kind = Kind::train, const QString& title = "a run") : Session(kind, title, nullptr) {}
    ~EndlessSession() override { halt(); }

    bool canPause() const override { return true; }
    void advance(std::int64_t done, std::int64_t total) { reportProgress(done, total); }
    void fail(Error error) { end(tl::unexpected(std::move(error))); }
    void succeed() { end(true); }

protected:
    Result<bool> work(std::stop_token stop) override
    {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return result_.has_value(); }))
            return false;
        return *result_;
    }

private:
    void end(Result<bool> result)
    {
        const std::lock_guard lock(mutex_);
        result_ = std::move(result);
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<Result<bool>> result_;
};

} // namespace earmark::test
