#include "ui/widgets/time_axis.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/widgets/theme.h"

namespace earmark
{

double tickStep(double seconds)
{
    if (seconds > 1)
        for (const int step : {2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200})
            if (step >= seconds)
                return step;
    if (seconds > 7200)
        return std::ceil(seconds / 3600) * 3600;
    const double power = std::pow(10, std::floor(std::log10(std::max(seconds, 1e-6))));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= seconds * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

QString tickText(double seconds, double step)
{
    const int decimals = step >= 1 ? 0 : std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 1, 6);
    const double scale = std::pow(10, decimals);
    const auto units = std::llround(seconds * scale);
    const auto whole = static_cast<long long>(static_cast<double>(units) / scale);
    const QLatin1Char zero('0');
    QString text = whole >= 3600 ? QString("%1:%2:%3").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, zero).arg(whole % 60, 2, 10, zero)
                                 : QString("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, zero);
    if (decimals > 0)
        text += QString(".%1").arg(units - whole * std::llround(scale), decimals, 10, zero);
    return text;
}

TimeAxis::TimeAxis(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent) : SoundView(picture, viewport, transport, parent)
{
    setObjectName("timeAxis");
    setAccessibleName(tr("Time"));
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Drag to move along, turn the wheel to zoom, double-click to see all"));
}

void TimeAxis::renderContent(QImage& image)
{
    image.fill(Theme::instance().card());
    const TimeViewport& shown = viewport();
    if (shown.length() <= 0 || width() <= 0)
        return;
    QPainter painter(&image);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.8));
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    double step = tickStep(shown.length() / width() * 60);
    while (metrics.horizontalAdvance(tickText(shown.end(), step)) + 14 > step / shown.length() * width())
        step = tickStep(step * 1.5);
    const double minor = step / 5;
    for (auto tick = static_cast<std::int64_t>(std::ceil(shown.start() / minor)); static_cast<double>(tick) * minor <= shown.end(); ++tick) {
        const double x = xOf(static_cast<double>(tick) * minor);
        const bool major = tick % 5 == 0;
        painter.fillRect(QRectF(x, height() - (major ? 6 : 3), 1, major ? 6 : 3), major ? Theme::instance().muted() : Theme::instance().faint());
        if (!major)
            continue;
        painter.setPen(Theme::instance().muted());
        const QString text = tickText(static_cast<double>(tick / 5) * step, step);
        if (x + 4 + metrics.horizontalAdvance(text) <= width()) // the last one may not fit
            painter.drawText(QPointF(x + 4, height() - 5), text);
    }
}

void TimeAxis::mousePressEvent(QMouseEvent* event)
{
    pressed_ = event->button() == Qt::LeftButton;
    moved_ = false;
    pressedX_ = event->position().x();
    grabbed_ = secondsAt(pressedX_);
}

void TimeAxis::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    moved_ = moved_ || std::abs(x - pressedX_) >= QApplication::startDragDistance() / 2;
    if (pressed_ && moved_)
        viewport().pan(grabbed_ - secondsAt(x));
    if (pressed_ && moved_ && cursor().shape() != Qt::ClosedHandCursor)
        setCursor(Qt::ClosedHandCursor);
}

void TimeAxis::mouseReleaseEvent(QMouseEvent*)
{
    if (pressed_ && !moved_)
        transport().seek(grabbed_);
    pressed_ = false;
    unsetCursor();
}

} // namespace earmark
