#include "ui/pages/label/label_button.h"

#include <QPainter>

#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int rowHeight = 7 * spaceUnit;

} // namespace

LabelButton::LabelButton(const LabelClass& label, QWidget* parent)
    : QAbstractButton(parent), colour_(labelColour(label)), key_(shown(label.key).toUpper())
{
    setCheckable(true);
    setText(shown(label.name));
    setObjectName("label:" + text());
    setAccessibleName(text());
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the clip
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setToolTip(key_.isEmpty() ? tr("%1. With Shift: a further label").arg(text())
                              : tr("%1 (%2). With Shift: a further label").arg(text(), key_));
}

QSize LabelButton::sizeHint() const { return {50 * spaceUnit, std::max(rowHeight, fontMetrics().height() + spaceUnit)}; }

void LabelButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    QColor ground = theme.card();
    if (isChecked()) {
        ground = colour_;
        ground.setAlpha(theme.isDark() ? 90 : 70);
    } else if (underMouse() && isEnabled()) {
        ground = theme.faint();
    }
    painter.setPen(QPen(hasFocus() ? theme.accent() : isChecked() ? colour_ : theme.faint(), hasFocus() || isChecked() ? 2 : 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(frame, 6, 6);

    const QRectF swatch(frame.left() + 2 * spaceUnit, frame.center().y() - 7, 14, 14);
    painter.setPen(QPen(QColor(0, 0, 0, 70), 1));
    painter.setBrush(colour_);
    painter.drawRoundedRect(swatch, 4, 4);
    if (isChecked()) { // not by colour alone
        painter.setPen(QPen(textOn(colour_), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF c = swatch.center();
        painter.drawPolyline(QPolygonF({c + QPointF(-3.5, 0), c + QPointF(-1, 2.5), c + QPointF(3.5, -2.5)}));
    }

    double right = frame.right() - 2 * spaceUnit;
    if (!key_.isEmpty()) {
        QFont font = this->font();
        font.setBold(true);
        painter.setFont(font);
        const double width = std::max<double>(5 * spaceUnit, painter.fontMetrics().horizontalAdvance(key_) + 2 * spaceUnit);
        const QRectF badge(right - width, frame.center().y() - 9, width, 18);
        painter.setPen(QPen(theme.muted(), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(badge, 4, 4);
        painter.drawText(badge, Qt::AlignCenter, key_);
        right = badge.left() - spaceUnit;
    }
    QFont font = this->font();
    font.setBold(isChecked());
    painter.setFont(font);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
    const double left = swatch.right() + 2 * spaceUnit;
    painter.drawText(QRectF(left, frame.top(), right - left, frame.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(right - left)));
}

} // namespace earmark
