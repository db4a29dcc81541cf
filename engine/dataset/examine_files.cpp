#include "engine/dataset/examine_files.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/audio/content_hash.h"
#include "engine/audio/decode.h"
#include "engine/base/utf8.h"

namespace earmark
{

namespace
{

constexpr double triedSeconds = 0.1;

/// Threads that take the next path until there is none.
class Examination
{
public:
    explicit Examination(const std::vector<std::string>& paths)
        : paths_(paths), results_(paths.size(), failure("internal", "A file was not examined."))
    {
    }

    void run(int threads, const std::function<void(std::size_t)>& progress, std::stop_token stop)
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([this, stop] { work(stop); });
        std::unique_lock lock(mutex_);
        while (running_ > 0 || started_ < threads) {
            changed_.wait_for(lock, std::chrono::milliseconds(100));
            const std::size_t done = done_;
            lock.unlock();
            progress(done);
            lock.lock();
        }
        progress(done_);
    }

    std::vector<Result<SourceFacts>> take() { return std::move(results_); }

private:
    void work(const std::stop_token& stop)
    {
        {
            const std::lock_guard lock(mutex_);
            ++started_;
            ++running_;
        }
        for (std::size_t i = next_++; i < paths_.size() && !stop.stop_requested(); i = next_++) {
            results_[i] = examineFile(paths_[i]);
            ++done_;
        }
        const std::lock_guard lock(mutex_);
        --running_;
        changed_.notify_one();
    }

    const std::vector<std::string>& paths_;
    std::vector<Result<SourceFacts>> results_; ///< each written by one thread only
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> done_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    int started_ = 0;
    int running_ = 0;
};

} // namespace

Result<SourceFacts> examineFile(const std::string& path)
{
    const AudioSource source{.path = path};
    EARMARK_TRY(const FileStamp stamp, fileStamp(path));
    EARMARK_TRY(std::string hash, contentHash(source));
    EARMARK_TRY(const AudioFacts facts, probeAudio(source));
    EARMARK_TRY_VOID(decodeAudio({.source = source, .end = triedSeconds}));
    return SourceFacts{.hash = std::move(hash),
                       .sampleRate = facts.sampleRate,
                       .channels = facts.channels,
                       .duration = std::max(0.0, facts.duration),
                       .container = toUtf8(facts.container),
                       .codec = toUtf8(facts.codec),
                       .fileSize = stamp.size,
                       .fileTime = stamp.modified};
}

std::vector<Result<SourceFacts>> examineFiles(const std::vector<std::string>& paths, int threads,
                                              const std::function<void(std::size_t done)>& progress, std::stop_token stop)
{
    if (paths.empty())
        return {};
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const int wanted = std::min<std::int64_t>(threads > 0 ? threads : cores, static_cast<std::int64_t>(paths.size()));
    Examination examination(paths);
    examination.run(wanted, progress, stop);
    if (stop.stop_requested())
        return {};
    return examination.take();
}

} // namespace earmark
