#include "ui/models/label_colours.h"

#include <QPainter>
#include <QPixmap>

#include <cmath>

#include "engine/dataset/palette.h"
#include "ui/models/text.h"

namespace earmark
{

QColor labelColour(const LabelClass& label) { return QColor(shown(label.colour)); }

QColor labelColour(const ProjectView& view, const std::string& name, std::size_t place)
{
    const LabelClass* known = view.labelNamed(name);
    return known ? labelColour(*known) : QColor(shown(paletteColour(place)));
}

QColor textOn(const QColor& colour)
{
    // Relative luminance after WCAG 2.1; above this both have the same contrast.
    const auto linear = [](double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    const double luminance = 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    return luminance > 0.179 ? Qt::black : Qt::white;
}

QIcon labelSwatch(const QColor& colour)
{
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(128, 128, 128, 150), 1)); // seen on light and on dark
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(1, 1, 30, 30), 8, 8);
    painter.end();
    QIcon icon;
    icon.addPixmap(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // else Qt tints it
    return icon;
}

} // namespace earmark
