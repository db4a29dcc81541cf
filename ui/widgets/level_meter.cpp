#include "ui/widgets/level_meter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr qint64 held = 900;   ///< milliseconds that a largest value stays
constexpr double falling = 1.2; ///< decibels a tick

double decibels(float value) { return 20 * std::log10(std::max(static_cast<double>(value), 1e-9)); }

} // namespace

LevelMeter::LevelMeter(Transport& transport, QWidget* parent) : QWidget(parent), transport_(transport)
{
    setObjectName("levelMeter");
    setAccessibleName(tr("Level"));
    setToolTip(tr("How loud it is: bar for the effective level, line for the peak, in red at full scale"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(&transport_, &Transport::levelChanged, this, &LevelMeter::follow);
}

void LevelMeter::follow()
{
    const auto [peak, effective] = transport_.level();
    const double before = peak_, barBefore = effective_;
    effective_ = std::max({decibels(effective), effective_ - falling, lowest});
    if (decibels(peak) >= peak_) {
        peak_ = decibels(peak);
        sincePeak_.start();
    } else if (!sincePeak_.isValid() || sincePeak_.elapsed() > held) {
        peak_ = std::max({peak_ - falling, effective_, lowest});
    }
    if (peak_ != before || effective_ != barBefore)
        update();
}

void LevelMeter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const auto y = [&](double value) { return std::round(height() * std::clamp(value / lowest, 0.0, 1.0)); };
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.faint());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(rect(), 2, 2);
    if (effective_ > lowest)
        painter.fillRect(QRectF(0, y(effective_), width(), height() - y(effective_)), theme.good());
    if (peak_ > lowest)
        painter.fillRect(QRectF(0, std::min<double>(y(peak_), height() - 2), width(), 2), peak_ >= -0.1 ? theme.bad() : theme.good());
}

} // namespace earmark
