// Work on a thread of its own of which only the latest wish counts: ask() asks what runs to stop, and what that would have said is dropped.
// Thread: the owner's; `work` runs on the job's own. The destructor asks to stop, then waits.
#pragma once

#include <QObject>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace earmark
{

class LatestJob : public QObject
{
    Q_OBJECT

public:
    explicit LatestJob(QObject* parent = nullptr);
    ~LatestJob() override;

    /// `work(stop)` there, then `take(result)` here unless another wish or cancel() came before.
    template <class Work, class Take> void ask(Work work, Take take)
    {
        start([this, work = std::move(work), take = std::move(take)](std::stop_token stop, int wish) mutable {
            auto result = work(stop);
            if (!stop.stop_requested())
                deliver(wish, [take = std::move(take), result = std::move(result)]() mutable { take(std::move(result)); });
        });
    }
    void cancel();
    bool isBusy() const { return busy_; }

private:
    using Work = std::function<void(std::stop_token, int wish)>;

    void start(Work work);
    void deliver(int wish, std::function<void()> take);
    void loop(std::stop_token end);

    int wish_ = 0; ///< the latest, on the owner's thread
    bool busy_ = false;

    std::mutex mutex_;
    std::condition_variable_any arrived_;
    Work next_;
    int nextWish_ = 0;
    std::stop_source running_;
    std::jthread thread_; ///< begun by the first wish
};

} // namespace earmark
