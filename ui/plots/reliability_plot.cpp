#include "ui/plots/reliability_plot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/plots/custom_plot.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/theme.h"

namespace earmark
{

ReliabilityPlot::ReliabilityPlot(QWidget* parent)
    : QWidget(parent), plot_(plotFilling(*this)), bars_(new QCPBars(plot_->xAxis, plot_->yAxis)), chosenBar_(new QCPBars(plot_->xAxis, plot_->yAxis)),
      diagonal_(new QCPItemLine(plot_)), threshold_(new QCPItemStraightLine(plot_))
{
    setAccessibleName(tr("How often the model is right, by how sure it is"));
    for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
        axis->setRange(0, 1);
        axis->setTicker(QSharedPointer<ValueTicker>::create(tr(" %", "after a number"), 100));
        axis->ticker()->setTickCount(5);
    }
    plot_->xAxis->grid()->setVisible(false);
    plot_->xAxis->setLabel(tr("How sure the model is"));
    plot_->yAxis->setLabel(tr("How often it is right"));
    plot_->yAxis->setRange(0, 1.12); // room for the numbers
    plot_->axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    plot_->axisRect()->setMargins(QMargins(0, 2 * spaceUnit, 6 * spaceUnit, 0)); // half of "100 %"
    diagonal_->start->setCoords(0, 0);
    diagonal_->end->setCoords(1, 1);
    threshold_->setVisible(false);
    connect(&Theme::instance(), &Theme::changed, this, &ReliabilityPlot::retheme);
    retheme();
}

void ReliabilityPlot::retheme()
{
    const Theme& theme = Theme::instance();
    applyTheme(*plot_);
    QColor fill = theme.accent();
    fill.setAlphaF(0.55f);
    bars_->setBrush(fill);
    bars_->setPen(Qt::NoPen);
    chosenBar_->setBrush(theme.accent());
    chosenBar_->setPen(Qt::NoPen);
    diagonal_->setPen(QPen(theme.muted(), 1.5, Qt::DashLine));
    threshold_->setPen(QPen(theme.warning(), 1.5));
    for (QCPItemText* count : counts_)
        count->setColor(theme.muted());
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

QImage ReliabilityPlot::picture()
{
    QImage made;
    {
        const Theme::OnPaper light;
        retheme();
        made = pictureOf(*plot_);
    }
    retheme();
    return made;
}

void ReliabilityPlot::setReliability(const Reliability& reliability)
{
    reliability_ = reliability;
    if (current_ && *current_ >= static_cast<int>(reliability_.bins.size()))
        current_.reset();
    showBars();
}

void ReliabilityPlot::showBars()
{
    const double width = reliability_.bins.empty() ? 0.1 : 1.0 / static_cast<double>(reliability_.bins.size());
    for (QCPBars* bars : {bars_, chosenBar_}) {
        bars->setWidth(width * 0.9);
        bars->data()->clear();
    }
    for (QCPItemText* count : counts_)
        plot_->removeItem(count);
    counts_.clear();
    for (int i = 0; i < static_cast<int>(reliability_.bins.size()); ++i) {
        const ReliabilityBin& bin = reliability_.bins[static_cast<std::size_t>(i)];
        if (bin.clips == 0)
            continue;
        const double middle = (bin.low + bin.high) / 2, height = std::max(bin.accuracy, 0.01); // a sliver where none is right: there is something to click on
        (current_ == i ? chosenBar_ : bars_)->addData(middle, height);
        auto* count = new QCPItemText(plot_);
        count->setText(QLocale().toString(static_cast<qlonglong>(bin.clips)));
        count->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
        count->setColor(Theme::instance().muted());
        count->position->setCoords(middle, height);
        counts_.push_back(count);
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ReliabilityPlot::setThreshold(std::optional<double> threshold)
{
    threshold_->setVisible(threshold && *threshold > 0);
    threshold_->point1->setCoords(threshold.value_or(0), 0);
    threshold_->point2->setCoords(threshold.value_or(0), 1);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

QString ReliabilityPlot::binText(int bin) const
{
    const ReliabilityBin& one = reliability_.bins[static_cast<std::size_t>(bin)];
    const QString low = percentText(one.low), high = percentText(one.high);
    if (one.clips == 0)
        return tr("Between %1 and %2 sure: no clips").arg(low, high);
    return tr("Between %1 and %2 sure: %Ln clip(s), %3 right", nullptr, static_cast<int>(one.clips)).arg(low, high, percentText(one.accuracy));
}

std::optional<int> ReliabilityPlot::binAt(const QPointF& point) const
{
    if (!plot_->axisRect()->rect().contains(point.toPoint()) || reliability_.bins.empty())
        return std::nullopt;
    const auto bins = static_cast<int>(reliability_.bins.size());
    return std::clamp(static_cast<int>(plot_->xAxis->pixelToCoord(point.x()) * bins), 0, bins - 1);
}

void ReliabilityPlot::choose(int bin)
{
    current_ = bin;
    setAccessibleDescription(binText(bin));
    showBars();
    Q_EMIT chosen(bin);
}

bool ReliabilityPlot::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != plot_)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonPress) {
        setFocus();
        if (const auto bin = binAt(static_cast<QMouseEvent*>(event)->position()))
            choose(*bin);
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto bin = binAt(help->pos()))
            QToolTip::showText(help->globalPos(), binText(*bin), plot_);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ReliabilityPlot::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const int last = static_cast<int>(reliability_.bins.size()) - 1;
    if (step == 0 || last < 0)
        return QWidget::keyPressEvent(event);
    choose(std::clamp(current_ ? *current_ + step : last, 0, last));
}

void ReliabilityPlot::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    plot_->yAxis->setBasePen(QPen(Theme::instance().accent(), 2));
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ReliabilityPlot::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    retheme();
}

} // namespace earmark
