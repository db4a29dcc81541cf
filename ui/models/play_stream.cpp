#include "ui/models/play_stream.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>

namespace earmark
{

namespace
{

constexpr double ahead = 1.2;        ///< seconds that are decoded before they are heard
constexpr double fade = 0.006;       ///< seconds
constexpr double prime = 0.03;       ///< seconds that must be there before a jump's first sample is played
constexpr double keptLoop = 60;      ///< loops up to this many seconds are decoded once
constexpr std::size_t piece = 4096;  ///< samples between two looks at whether another order came

tl::unexpected<Error> superseding() { return failure("internal", "superseded"); }

} // namespace

PlayStream::PlayStream(int outputRate, std::function<void(const Error&)> failed)
    : outputRate_(outputRate), failed_(std::move(failed)), ring_(static_cast<std::size_t>(outputRate * ahead)), thread_([this] { loop(); })
{
}

PlayStream::~PlayStream()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        ++asked_;
    }
    changed_.notify_all();
    thread_.join();
}

void PlayStream::order(Order order)
{
    {
        const std::lock_guard lock(mutex_);
        next_ = std::move(order);
        ++asked_;
    }
    changed_.notify_all();
}

void PlayStream::setAudible(bool audible)
{
    if (audible)
        silent_ = false;
    audible_ = audible;
    changed_.notify_all();
}

// ---- the device's thread ----

void PlayStream::jump(Mark to)
{
    playing_ = to;
    primed_ = false;
    ring_.release(to.place);
}

void PlayStream::pull(std::span<float> out)
{
    const std::uint16_t asked = asked_.load(std::memory_order_acquire);
    const bool audible = audible_.load(std::memory_order_acquire);
    const bool follows = playing_.order == asked;
    const float step = 1 / static_cast<float>(fade * outputRate_);
    const float volume = volume_;
    const std::uint64_t written = ring_.written();
    const Mark end = Mark::of(ended_.load(std::memory_order_acquire));
    const bool ends = end.order == playing_.order && end.place <= written;
    if (!primed_)
        primed_ = follows && (ends || written - playing_.place >= static_cast<std::uint64_t>(prime * outputRate_));
    float peak = 0;
    float energy = 0;
    std::uint64_t missing = 0;
    for (float& sample : out) {
        const bool open = audible && follows && primed_;
        gain_ = std::clamp(gain_ + (open ? step : -step), 0.0F, 1.0F);
        sample = 0;
        ++quietRun_;
        if (gain_ <= 0 || !primed_)
            continue;
        if (playing_.place >= written || (ends && playing_.place >= end.place)) {
            missing += !ends && open;
            continue;
        }
        quietRun_ = 0;
        const float value = ring_.at(playing_.place++) * gain_;
        peak = std::max(peak, std::abs(value));
        energy += value * value;
        sample = value * volume;
    }
    ring_.release(playing_.place);
    quiet_ = quietRun_;
    heard_.store(playing_.packed(), std::memory_order_release);
    if (missing > 0)
        starved_ += missing;
    peak_ = std::max(peak_.load(), peak);
    energy_ = energy_ + energy;
    measured_ = measured_ + static_cast<int>(out.size());
    if (gain_ <= 0 && !audible)
        silent_ = true;
    if (const Mark began = Mark::of(began_.load(std::memory_order_acquire)); (gain_ <= 0 || !primed_) && playing_.order != asked && began.order == asked) {
        gain_ = 0;
        jump(began);
    }
}

PlayStream::Level PlayStream::takeLevel()
{
    const int count = measured_.exchange(0);
    const float energy = energy_.exchange(0);
    return {peak_.exchange(0), count > 0 ? std::sqrt(energy / static_cast<float>(count)) : 0.0F};
}

// ---- the window's thread ----

std::optional<double> PlayStream::position(std::int64_t pending) const
{
    const Mark heard = Mark::of(heard_.load(std::memory_order_acquire));
    const std::lock_guard lock(mutex_);
    if (heard.order != asked_ || mapOrder_ != heard.order || map_.empty())
        return std::nullopt;
    const auto out = std::max<std::int64_t>(0, static_cast<std::int64_t>(heard.place - mapBegin_) - std::max<std::int64_t>(pending - quiet_, 0));
    const double in = static_cast<double>(out) * mapRatio_;
    while (map_.size() > 1 && static_cast<double>(map_[1].sample) <= in)
        map_.pop_front();
    return std::min(map_.front().second + (in - static_cast<double>(map_.front().sample)) / mapRate_, mapEnd_);
}

bool PlayStream::isOver(std::int64_t pending) const
{
    const Mark heard = Mark::of(heard_.load(std::memory_order_acquire));
    const Mark end = Mark::of(ended_.load(std::memory_order_acquire));
    return heard.order == asked_ && end.order == heard.order && heard.place >= end.place && quiet_ >= pending;
}

// ---- the decoding thread ----

bool PlayStream::superseded() const { return asked_.load(std::memory_order_relaxed) != number_; }

void PlayStream::loop()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || next_; });
        if (ending_)
            return;
        const Order order = std::move(*next_);
        next_.reset();
        number_ = asked_;
        lock.unlock();
        const auto done = produce(order, number_);
        if (!superseded()) {
            if (!done)
                failed_(done.error());
            ended_.store(Mark{number_, ring_.written()}.packed(), std::memory_order_release);
        }
        lock.lock();
    }
}

Result<void> PlayStream::produce(const Order& order, std::uint16_t number)
{
    {
        const std::lock_guard lock(mutex_);
        map_.clear();
        mapOrder_ = number;
        mapBegin_ = ring_.written();
        mapEnd_ = std::numeric_limits<double>::max();
        mapRate_ = outputRate_;
    }
    fed_ = 0;
    ready_.clear();
    began_.store(Mark{number, ring_.written()}.packed(), std::memory_order_release);
    EARMARK_TRY(const AudioFacts facts, probeAudio(order.clip.source));
    inputRate_ = facts.sampleRate;
    EARMARK_TRY(stretch_, makeTimeStretch(inputRate_, outputRate_, order.speed));
    {
        const std::lock_guard lock(mutex_);
        mapRate_ = inputRate_;
        mapRatio_ = order.speed * inputRate_ / outputRate_;
    }
    if (order.loop && order.from < order.loop->second) {
        EARMARK_TRY_VOID(repeat(order));
    } else {
        EARMARK_TRY_VOID(playOnce(order, order.from, order.to, nullptr));
    }
    const double end = static_cast<double>(fed_) / inputRate_;
    EARMARK_TRY_VOID(stretch_->finish(ready_));
    EARMARK_TRY_VOID(writeOut());
    const std::lock_guard lock(mutex_);
    mapEnd_ = map_.empty() ? 0 : map_.back().second + end - static_cast<double>(map_.back().sample) / inputRate_;
    return {};
}

Result<void> PlayStream::playOnce(const Order& order, double from, std::optional<double> to, std::vector<float>* record)
{
    mark(from);
    AudioClip clip{order.clip.source, order.clip.start + from, order.clip.end};
    if (to)
        clip.end = order.clip.end ? std::min(*order.clip.end, order.clip.start + *to) : order.clip.start + *to;
    if (clip.end && !(*clip.end > clip.start))
        return {};
    const auto read = streamAudio(clip, {}, [&](std::span<const float> block) -> Result<void> {
        if (record)
            record->insert(record->end(), block.begin(), block.end());
        return feed(block);
    });
    if (!read)
        return tl::unexpected(read.error());
    return {};
}

/// Until something else is ordered. The samples follow each other without a gap: the loop is as long as its samples, to the last one.
Result<void> PlayStream::repeat(const Order& order)
{
    const auto [first, last] = *order.loop;
    std::vector<float> record;
    const bool kept = last - first <= keptLoop;
    if (order.from != first) {
        EARMARK_TRY_VOID(playOnce(order, order.from, last, nullptr));
    }
    for (;;) {
        const std::int64_t before = fed_;
        if (record.empty()) {
            EARMARK_TRY_VOID(playOnce(order, first, last, kept ? &record : nullptr));
        } else {
            mark(first);
            EARMARK_TRY_VOID(feed(record));
        }
        if (fed_ == before)
            return {}; // nothing is there
    }
}

Result<void> PlayStream::feed(std::span<const float> samples)
{
    for (std::size_t at = 0; at < samples.size(); at += piece) {
        const auto part = cleaned(samples.subspan(at, std::min(piece, samples.size() - at)));
        EARMARK_TRY_VOID(stretch_->push(part, ready_));
        fed_ += static_cast<std::int64_t>(part.size());
        EARMARK_TRY_VOID(writeOut());
    }
    return superseded() ? Result<void>(superseding()) : Result<void>();
}

/// Silence for what is no number: one of them would spoil all that a filter gives from there on.
std::span<const float> PlayStream::cleaned(std::span<const float> samples)
{
    const auto isNumber = [](float sample) { return std::isfinite(sample); };
    if (std::ranges::all_of(samples, isNumber))
        return samples;
    clean_.assign(samples.begin(), samples.end());
    std::ranges::replace_if(clean_, std::not_fn(isNumber), 0.0F);
    return clean_;
}

/// Waits while the ring is full: looks often while the device empties it, and else sleeps until something changes.
Result<void> PlayStream::writeOut()
{
    for (std::size_t done = 0; done < ready_.size();) {
        if (superseded())
            return superseding();
        done += ring_.write(std::span<const float>(ready_).subspan(done));
        if (done == ready_.size())
            break;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(audible_ ? 20 : 1000), [this] { return superseded(); });
    }
    ready_.clear();
    return superseded() ? Result<void>(superseding()) : Result<void>();
}

void PlayStream::mark(double second)
{
    const std::lock_guard lock(mutex_);
    map_.push_back({fed_, second});
}

} // namespace earmark
