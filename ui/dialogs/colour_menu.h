// The colours that labels can have, as a menu: a field for each, six in a row. Thread: the window's.
#pragma once

#include <QColor>

#include <optional>

class QPoint;

namespace earmark
{

/// Opens it there and waits; nothing where it was closed without a choice. `current` is marked.
std::optional<QColor> chooseLabelColour(const QPoint& place, const QColor& current);

} // namespace earmark
