// What the plots have in common: where they lie in their widget, and the theme on them: ground, axes, grid, letters. Private to this folder.
// Thread: the window's.
#pragma once

class QCustomPlot;
class QImage;
class QWidget;

namespace earmark
{

/// A plot that fills `owner`, which takes the focus and the keys in its place, and sees its events as an event filter.
QCustomPlot* plotFilling(QWidget& owner);

void applyTheme(QCustomPlot& plot);

/// As it would be painted now, at its size and the screen's resolution.
QImage pictureOf(QCustomPlot& plot);

} // namespace earmark
