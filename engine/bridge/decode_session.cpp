#include "engine/bridge/decode_session.h"

#include <chrono>

#include "engine/audio/spectrogram.h"

namespace earmark
{

namespace
{

using Clock = std::chrono::steady_clock;

} // namespace

/// The reading of one clip, on the session's thread.
class DecodeSession::Pass
{
public:
    Pass(DecodeSession& session, Request request) : session_(session), request_(std::move(request)) {}

    void run()
    {
        const auto done = read();
        if (superseded())
            return;
        Event event{.id = request_.id, .over = true};
        if (!done)
            event.error = done.error();
        send(std::move(event));
        if (made_)
            session_.store_.keep(request_.clip, *made_);
    }

private:
    bool superseded() const { return session_.wanted_ != request_.id; }
    void send(Event event) { session_.delivery_.push(std::move(event)); }

    Result<void> read()
    {
        EARMARK_TRY(const AudioFacts facts, probeAudio(request_.clip.source));
        rate_ = facts.sampleRate;
        const double stated = std::max(0.0, request_.clip.end.value_or(facts.duration) - request_.clip.start);
        const double duration = request_.duration > 0 ? request_.duration : stated;
        level_ = overviewLevel(duration);
        send({.id = request_.id, .facts = facts, .duration = duration, .level = level_});
        if (auto stored = session_.store_.peaks(request_.clip); stored && stored->samples > 0) {
            peaksStored_ = true;
            send({.id = request_.id, .peaks = std::make_shared<const Peaks>(std::move(*stored))});
        }
        const int window = windowOf(rate_, request_.detail);
        SpectrogramStream spectrogram(rowsOf(window), rate_, columnSeconds(level_) * rate_, {.window = window, .floor = SpectrogramPart::floor},
                                      [&](std::span<const float> column) { add(column); });
        part_.rows = rowsOf(window);
        const auto warnings = streamAudio(request_.clip, {}, [&](std::span<const float> block) -> Result<void> {
            for (std::size_t at = 0; at < block.size(); at += step) { // small steps: a block may be long, and another clip may be wanted
                if (superseded())
                    return failure("internal", "superseded");
                const auto piece = block.subspan(at, std::min(step, block.size() - at));
                take(piece);
                spectrogram.push(piece);
                if (Clock::now() >= nextTelling_)
                    tell(false);
            }
            return {};
        });
        if (superseded())
            return {};
        if (!warnings && samples_ == 0)
            return tl::unexpected(warnings.error());
        spectrogram.finish(static_cast<std::int64_t>(std::ceil(static_cast<double>(samples_) / (columnSeconds(level_) * rate_))));
        tell(true);
        if (!warnings)
            return tl::unexpected(warnings.error());
        return {};
    }

    void take(std::span<const float> samples)
    {
        samples_ += static_cast<std::int64_t>(samples.size());
        if (!peaksStored_)
            peaks_.push(samples);
        if (samples_ <= keptSamples)
            kept_.insert(kept_.end(), samples.begin(), samples.end());
        else
            kept_ = {};
    }

    void add(std::span<const float> column)
    {
        part_.append(column);
        if (part_.filled == SpectrogramPart::columns)
            sendPart();
    }

    void sendPart()
    {
        const bool full = part_.filled == SpectrogramPart::columns;
        const int rows = part_.rows;
        auto part = std::make_shared<const SpectrogramPart>(full ? std::move(part_) : part_);
        send({.id = request_.id, .part = std::move(part), .partIndex = partIndex_});
        if (full) {
            part_ = {.rows = rows};
            ++partIndex_;
        }
    }

    /// What came so far; the more there is, the seldomer, since peaks are copied each time.
    void tell(bool last)
    {
        const auto began = Clock::now();
        if (!peaksStored_) {
            auto peaks = std::make_shared<const Peaks>(last ? peaks_.finish(rate_, request_.clip.start) : peaks_.soFar(rate_, request_.clip.start));
            if (last && samples_ > 0)
                made_ = peaks;
            send({.id = request_.id, .peaks = std::move(peaks)});
        }
        if (part_.filled > 0)
            sendPart();
        if (last && !kept_.empty())
            send({.id = request_.id, .samples = std::make_shared<const std::vector<float>>(std::move(kept_))});
        const auto now = Clock::now();
        nextTelling_ = now + std::max<Clock::duration>(std::chrono::milliseconds(60), 20 * (now - began));
    }

    static constexpr std::size_t step = 16384;

    DecodeSession& session_;
    const Request request_;
    int rate_ = 0;
    int level_ = 0;
    std::shared_ptr<const Peaks> made_; ///< whole, and not on disk yet
    bool peaksStored_ = false;
    PeaksBuilder peaks_;
    std::int64_t samples_ = 0;
    std::vector<float> kept_;
    SpectrogramPart part_;
    std::int64_t partIndex_ = 0;
    Clock::time_point nextTelling_ = Clock::now() + std::chrono::milliseconds(20);
};

DecodeSession::DecodeSession(PictureStore& store, Receiver receiver, QObject* owner)
    : store_(store), delivery_(std::move(receiver), owner), thread_([this] { loop(); })
{
}

DecodeSession::~DecodeSession()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        wanted_ = -1;
    }
    arrived_.notify_one();
    thread_.join();
}

void DecodeSession::read(Request request)
{
    {
        const std::lock_guard lock(mutex_);
        wanted_ = request.id;
        next_ = std::move(request);
    }
    arrived_.notify_one();
}

void DecodeSession::stop()
{
    const std::lock_guard lock(mutex_);
    wanted_ = -1;
    next_.reset();
}

void DecodeSession::loop()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        arrived_.wait(lock, [this] { return ending_ || next_; });
        if (ending_)
            return;
        Pass pass(*this, std::move(*next_));
        next_.reset();
        lock.unlock();
        pass.run();
        lock.lock();
    }
}

int DecodeSession::overviewLevel(double seconds)
{
    int level = 0;
    while (level < 20 && seconds / columnSeconds(level) > overviewColumns)
        ++level;
    return level;
}

int DecodeSession::windowOf(int sampleRate, int detail)
{
    int window = 64;
    while (window * 2 <= sampleRate * 0.047 && window < 4096)
        window *= 2;
    return detail < 0 ? window / 4 : detail > 0 ? window * 2 : window;
}

} // namespace earmark
