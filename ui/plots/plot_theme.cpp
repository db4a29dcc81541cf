#include "ui/plots/plot_theme.h"

#include <QApplication>
#include <QVBoxLayout>

#include "ui/plots/custom_plot.h"
#include "ui/widgets/theme.h"

namespace earmark
{

QCustomPlot* plotFilling(QWidget& owner)
{
    auto* plot = new QCustomPlot;
    auto* column = new QVBoxLayout(&owner);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(plot);
    owner.setFocusPolicy(Qt::StrongFocus);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMouseTracking(true);
    plot->installEventFilter(&owner);
    return plot;
}

QImage pictureOf(QCustomPlot& plot)
{
    const double ratio = plot.devicePixelRatioF();
    QImage picture = plot.toPixmap(plot.width(), plot.height(), ratio).toImage();
    picture.setDevicePixelRatio(ratio);
    return picture;
}

void applyTheme(QCustomPlot& plot)
{
    const Theme& theme = Theme::instance();
    plot.setBackground(QBrush(theme.card()));
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(QPen(theme.faint()));
        axis->setTickPen(QPen(theme.faint()));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.muted());
        axis->setLabelColor(theme.muted());
        axis->setTickLabelFont(QApplication::font());
        axis->setLabelFont(QApplication::font());
        axis->grid()->setPen(QPen(theme.faint(), 1));
        axis->grid()->setZeroLinePen(QPen(theme.faint(), 1));
    }
}

} // namespace earmark
