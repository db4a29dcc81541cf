// The theme on a plot: ground, axes, grid, letters. Private to this folder. Thread: the window's.
#pragma once

class QCustomPlot;

namespace earmark
{

void applyTheme(QCustomPlot& plot);

} // namespace earmark
