#include "engine/bridge/pulse.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace earmark
{

Pulse::Pulse(std::function<void()> beat, QObject* parent) : QObject(parent), beat_(std::move(beat)), timer_(this)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Pulse::now);
}

void Pulse::request()
{
    if (!asked_.exchange(true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Pulse::customEvent(QEvent*)
{
    if (timer_.isActive() || !asked_)
        return;
    const qint64 since = last_.isValid() ? last_.elapsed() : interval;
    timer_.start(static_cast<int>(std::clamp<qint64>(interval - since, 0, interval)));
}

void Pulse::now()
{
    timer_.stop();
    asked_ = false;
    last_.start();
    beat_();
}

} // namespace earmark
