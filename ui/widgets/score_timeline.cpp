#include "ui/widgets/score_timeline.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int labelWidth = 28 * spaceUnit;
constexpr int fewestPixelsBetweenTicks = 90;

/// A step of 1, 2 or 5 times a power of ten seconds, or of whole minutes and hours.
double tickStep(double seconds, int pixels)
{
    const double least = seconds * fewestPixelsBetweenTicks / std::max(1, pixels);
    for (const double step : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0})
        if (step >= least)
            return step;
    return std::ceil(least / 3600) * 3600;
}

} // namespace

ScoreTimeline::ScoreTimeline(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Predictions over time"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ScoreTimeline::setContent(std::vector<Row> rows, std::vector<Window> windows, double duration)
{
    rows_ = std::move(rows);
    windows_ = std::move(windows);
    duration_ = std::max(duration, windows_.empty() ? 0.0 : windows_.back().end);
    updateGeometry();
    update();
}

void ScoreTimeline::setPlayhead(double seconds)
{
    const int before = static_cast<int>(xOf(playhead_)), after = static_cast<int>(xOf(seconds));
    playhead_ = seconds;
    if (before == after)
        return;
    update(before - 2, 0, 4, height());
    update(after - 2, 0, 4, height());
}

int ScoreTimeline::rowHeight() const { return fontMetrics().height() + 2 * spaceUnit; }
QSize ScoreTimeline::sizeHint() const { return {120 * spaceUnit, rowHeight() * static_cast<int>(rows_.size() + 1)}; }
QSize ScoreTimeline::minimumSizeHint() const { return {60 * spaceUnit, sizeHint().height()}; }
QRect ScoreTimeline::chart() const { return rect().adjusted(labelWidth, 0, -spaceUnit, -rowHeight()); }

double ScoreTimeline::xOf(double seconds) const
{
    const QRect area = chart();
    return area.left() + (duration_ > 0 ? seconds / duration_ : 0) * area.width();
}

double ScoreTimeline::secondsAt(double x) const
{
    const QRect area = chart();
    return std::clamp((x - area.left()) / std::max(1, area.width()), 0.0, 1.0) * duration_;
}

int ScoreTimeline::windowAt(double seconds) const
{
    const auto after = std::ranges::upper_bound(windows_, seconds, {}, &Window::start);
    const auto index = static_cast<int>(after - windows_.begin()) - 1;
    return index >= 0 && seconds <= windows_[static_cast<std::size_t>(index)].end ? index : -1;
}

void ScoreTimeline::paintCells(QPainter& painter, const QRect& area) const
{
    // A pixel column shows its strongest window: hours of windows cost no more than there are pixels.
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        const int top = area.top() + static_cast<int>(row) * rowHeight();
        std::vector<float> columns(static_cast<std::size_t>(std::max(0, area.width())), 0.0f);
        for (const Window& window : windows_) {
            if (row >= window.scores.size())
                continue;
            const auto last = static_cast<int>(columns.size()) - 1;
            const int first = std::clamp(static_cast<int>(xOf(window.start)) - area.left(), 0, last);
            const int end = std::clamp(static_cast<int>(std::ceil(xOf(window.end))) - area.left() - 1, first, last);
            for (int x = first; x <= end; ++x)
                columns[static_cast<std::size_t>(x)] = std::max(columns[static_cast<std::size_t>(x)], window.scores[row]);
        }
        QImage strip(std::max(1, area.width()), 1, QImage::Format_ARGB32_Premultiplied);
        strip.fill(Qt::transparent);
        for (std::size_t x = 0; x < columns.size(); ++x) {
            QColor colour = rows_[row].colour;
            colour.setAlphaF(std::clamp(columns[x], 0.0f, 1.0f));
            strip.setPixelColor(static_cast<int>(x), 0, colour);
        }
        painter.drawImage(QRect(area.left(), top + 2, area.width(), rowHeight() - 4), strip);
    }
}

void ScoreTimeline::paintTicks(QPainter& painter, const QRect& area) const
{
    const double step = tickStep(duration_, area.width());
    painter.setPen(Theme::instance().muted());
    for (int i = 0; i * step <= duration_; ++i) {
        const int x = static_cast<int>(xOf(i * step));
        painter.drawLine(x, area.bottom() + 1, x, area.bottom() + spaceUnit);
        QString text = clockText(i * step);
        if (step >= 1)
            text.chop(4); // no milliseconds
        const int width = fontMetrics().horizontalAdvance(text);
        if (x + width <= rect().right())
            painter.drawText(x + spaceUnit / 2, area.bottom() + spaceUnit + fontMetrics().ascent(), text);
    }
}

void ScoreTimeline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect area = chart();
    painter.fillRect(area, palette().color(QPalette::Base));
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        const QRect text(0, area.top() + static_cast<int>(row) * rowHeight(), labelWidth - 2 * spaceUnit, rowHeight());
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(rows_[row].label, Qt::ElideRight, text.width()));
    }
    if (duration_ > 0) {
        paintCells(painter, area);
        paintTicks(painter, area);
        painter.fillRect(QRectF(xOf(playhead_) - 0.75, area.top(), 1.5, area.height()), palette().color(QPalette::WindowText));
    }
    painter.setPen(hasFocus() ? Theme::instance().accent() : Theme::instance().faint());
    painter.drawRect(area.adjusted(0, 0, -1, -1));
}

void ScoreTimeline::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && chart().contains(event->position().toPoint()))
        Q_EMIT seekAsked(secondsAt(event->position().x()));
}

void ScoreTimeline::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() != Qt::Key_Left && event->key() != Qt::Key_Right) || windows_.empty())
        return QWidget::keyPressEvent(event);
    const int step = event->key() == Qt::Key_Right ? 1 : -1;
    const int index = std::clamp(std::max(0, windowAt(playhead_)) + step, 0, static_cast<int>(windows_.size()) - 1);
    Q_EMIT seekAsked(windows_[static_cast<std::size_t>(index)].start);
}

QString ScoreTimeline::tipAt(const QPoint& point) const
{
    const QRect area = chart();
    const int index = area.contains(point) ? windowAt(secondsAt(point.x())) : -1;
    if (index < 0)
        return {};
    const Window& window = windows_[static_cast<std::size_t>(index)];
    QStringList lines{tr("%1 to %2").arg(clockText(window.start), clockText(window.end))};
    for (std::size_t row = 0; row < rows_.size() && row < window.scores.size(); ++row)
        lines += tr("%1: %2").arg(rows_[row].label, percentText(static_cast<double>(window.scores[row])));
    return lines.join('\n');
}

bool ScoreTimeline::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
    return true;
}

} // namespace earmark
