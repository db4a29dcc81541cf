#include "ui/widgets/split_bar.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr double reach = 6; ///< pixels on either side of a border that take hold of it

} // namespace

SplitBar::SplitBar(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize SplitBar::sizeHint() const { return {40 * spaceUnit, 4 * spaceUnit}; }

void SplitBar::setShares(const SplitShares& shares)
{
    shares_ = shares;
    update();
}

int SplitBar::at(Border border) const
{
    return border == Border::first ? shares_.percent[SplitShares::train] : 100 - shares_.percent[SplitShares::test];
}

double SplitBar::placeOf(int percent) const { return width() * percent / 100.0; }

void SplitBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::instance();
    QPainterPath outline;
    outline.addRoundedRect(rect(), spaceUnit, spaceUnit);
    painter.setClipPath(outline);
    const double first = placeOf(at(Border::first)), second = placeOf(at(Border::second));
    painter.fillRect(QRectF(0, 0, first, height()), theme.colour("fill"));
    painter.fillRect(QRectF(first, 0, second - first, height()), theme.colour("chunk"));
    painter.fillRect(QRectF(second, 0, width() - second, height()), theme.colour("line"));
    painter.setPen(QPen(theme.colour("window"), 2));
    for (const double border : {first, second})
        painter.drawLine(QPointF(border, 0), QPointF(border, height()));
}

/// Where both are at one place, the one that has room.
std::optional<SplitBar::Border> SplitBar::borderNear(double x) const
{
    const double first = std::abs(x - placeOf(at(Border::first))), second = std::abs(x - placeOf(at(Border::second)));
    if (std::min(first, second) > reach)
        return std::nullopt;
    const bool isSecond = second < first || (second == first && x > placeOf(at(Border::second)));
    return isSecond ? Border::second : Border::first;
}

void SplitBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        held_ = borderNear(event->position().x());
}

void SplitBar::mouseMoveEvent(QMouseEvent* event)
{
    if (held_)
        return pull(static_cast<int>(std::lround(100 * event->position().x() / width())));
    if (borderNear(event->position().x()))
        setCursor(Qt::SplitHCursor);
    else
        unsetCursor();
}

void SplitBar::mouseReleaseEvent(QMouseEvent*) { held_.reset(); }

void SplitBar::pull(int percent)
{
    const int first = at(Border::first), second = at(Border::second);
    const int to = held_ == Border::first ? std::clamp(percent, 1, second) : std::clamp(percent, first, 100);
    const SplitShares shares{.percent = held_ == Border::first ? std::array{to, second - to, 100 - second} : std::array{first, to - first, 100 - to}};
    if (shares == shares_)
        return;
    setShares(shares);
    Q_EMIT pulled(shares);
}

} // namespace earmark
