#include "ui/models/label_colours.h"

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

} // namespace earmark
