#include "ui/models/transport.h"

#include <algorithm>

namespace earmark
{

Transport::Transport(QObject* parent) : QObject(parent) {}
Transport::~Transport() = default;

void Transport::load(const std::optional<PlayableClip>& clip)
{
    if (clip == clip_)
        return;
    pause();
    clip_ = clip;
    duration_ = clip ? clip->duration : 0;
    position_ = 0;
    loop_.reset();
    Q_EMIT clipChanged();
    Q_EMIT durationChanged();
    Q_EMIT positionChanged(position_);
    Q_EMIT loopChanged();
}

void Transport::play()
{
    if (playing_ || !clip_)
        return;
    playing_ = true;
    Q_EMIT playingChanged(true);
}

void Transport::pause()
{
    if (!playing_)
        return;
    playing_ = false;
    Q_EMIT playingChanged(false);
}

void Transport::seek(double seconds)
{
    position_ = std::clamp(seconds, 0.0, duration_);
    Q_EMIT positionChanged(position_);
}

void Transport::setSpeed(double speed)
{
    speed_ = std::clamp(speed, 0.25, 2.0);
    Q_EMIT speedChanged(speed_);
}

void Transport::setVolume(double volume)
{
    volume_ = std::clamp(volume, 0.0, 1.0);
    Q_EMIT volumeChanged(volume_);
}

void Transport::setLoop(std::optional<std::pair<double, double>> seconds)
{
    loop_ = seconds;
    Q_EMIT loopChanged();
}

} // namespace earmark
