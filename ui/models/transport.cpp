#include "ui/models/transport.h"

#include <algorithm>
#include <utility>

#include "ui/models/clock_output.h"
#include "ui/models/play_stream.h"

namespace earmark
{

namespace
{

constexpr int tickInterval = 16;  ///< milliseconds
constexpr int quietTicks = 300;   ///< after which a silent output is stopped: devices take their time to start
constexpr double shortestLoop = 0.01; ///< seconds

} // namespace

Transport::Transport(QObject* parent) : QObject(parent), timer_(this)
{
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(tickInterval);
    connect(&timer_, &QTimer::timeout, this, &Transport::tick);
    setOutput(std::make_unique<ClockOutput>());
}

Transport::~Transport() { stopOutput(); }

void Transport::setOutput(std::unique_ptr<AudioOutput> output)
{
    pause();
    if (output_)
        stopOutput();
    output_ = std::move(output);
    const auto tell = [this](const Error& error) { QMetaObject::invokeMethod(this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection); };
    stream_ = std::make_unique<PlayStream>(output_->sampleRate(), tell);
    stream_->setVolume(static_cast<float>(volume_));
    ordered_ = false;
    Q_EMIT audibleChanged();
}

std::uint64_t Transport::starved() const { return stream_->starved(); }

void Transport::load(const std::optional<PlayableClip>& clip)
{
    if (clip == clip_)
        return;
    pause();
    clip_ = clip;
    duration_ = clip ? clip->duration : 0;
    position_ = 0;
    ordered_ = false;
    loop_.reset();
    rangeEnd_.reset();
    Q_EMIT clipChanged();
    Q_EMIT durationChanged();
    Q_EMIT positionChanged(position_);
    Q_EMIT loopChanged();
}

void Transport::setDuration(double seconds)
{
    if (!clip_ || qFuzzyCompare(1 + seconds, 1 + duration_))
        return;
    duration_ = seconds;
    Q_EMIT durationChanged();
}

void Transport::play()
{
    if (playing_ || !clip_)
        return;
    if (!rangeEnd_ && loop_ && (position_ < loop_->first || position_ >= loop_->second - 0.001))
        seek(loop_->first);
    else if (!rangeEnd_ && duration_ > 0 && position_ >= duration_ - 0.001)
        seek(0);
    if (!ordered_)
        order();
    playing_ = true;
    stream_->setAudible(true);
    startOutput();
    Q_EMIT playingChanged(true);
}

void Transport::playRange(double from, double to)
{
    if (!clip_ || !(to > from))
        return;
    seek(from);
    rangeEnd_ = to;
    order();
    play();
}

void Transport::pause()
{
    if (!playing_)
        return;
    playing_ = false;
    stream_->setAudible(false); // the output goes on until the sound has faded
    Q_EMIT playingChanged(false);
}

void Transport::seek(double seconds)
{
    const double place = std::max(0.0, duration_ > 0 ? std::min(seconds, duration_) : seconds);
    if (!clip_)
        return;
    position_ = place;
    rangeEnd_.reset();
    order();
    Q_EMIT positionChanged(position_);
}

void Transport::setSpeed(double speed)
{
    speed = std::clamp(speed, 0.25, 2.0);
    if (speed == speed_)
        return;
    speed_ = speed;
    order();
    Q_EMIT speedChanged(speed_);
}

void Transport::setVolume(double volume)
{
    volume_ = std::clamp(volume, 0.0, 1.0);
    stream_->setVolume(static_cast<float>(volume_ * volume_)); // as loud as it looks
    Q_EMIT volumeChanged(volume_);
}

void Transport::setLoop(std::optional<std::pair<double, double>> seconds)
{
    if (seconds && seconds->second - seconds->first < shortestLoop)
        seconds->second = seconds->first + shortestLoop;
    if (seconds == loop_)
        return;
    loop_ = seconds;
    rangeEnd_.reset();
    order();
    Q_EMIT loopChanged();
}

/// From where we are, with the speed and loop there are now.
void Transport::order()
{
    ordered_ = clip_.has_value();
    if (clip_)
        stream_->order({.clip = clip_->audio, .from = position_, .to = rangeEnd_, .speed = speed_, .loop = rangeEnd_ ? std::nullopt : loop_});
}

void Transport::startOutput()
{
    quietTicks_ = 0;
    timer_.start();
    if (outputRuns_)
        return;
    outputRuns_ = true;
    output_->start([stream = stream_.get()](std::span<float> out) { stream->pull(out); });
}

void Transport::stopOutput()
{
    timer_.stop();
    if (outputRuns_)
        output_->stop();
    outputRuns_ = false;
}

void Transport::tick()
{
    const std::int64_t pending = output_->pending();
    if (ordered_)
        if (const auto place = stream_->position(pending))
            setPosition(*place);
    const auto [peak, effective] = stream_->takeLevel();
    setLevel({peak, effective});
    if (playing_ && ordered_ && stream_->isOver(pending)) {
        playing_ = false;
        ordered_ = false;
        stream_->setAudible(false);
        const auto range = std::exchange(rangeEnd_, std::nullopt);
        if (duration_ > 0)
            setPosition(range ? std::min(*range, duration_) : duration_);
        Q_EMIT playingChanged(false);
        if (!range)
            Q_EMIT finished();
    }
    if (playing_ || !stream_->isSilent())
        quietTicks_ = 0;
    else if (++quietTicks_ > quietTicks)
        stopOutput();
}

void Transport::setPosition(double seconds)
{
    if (duration_ > 0)
        seconds = std::min(seconds, duration_);
    if (seconds == position_)
        return;
    position_ = seconds;
    Q_EMIT positionChanged(position_);
}

void Transport::setLevel(Level level)
{
    level_ = level;
    Q_EMIT levelChanged();
}

} // namespace earmark
