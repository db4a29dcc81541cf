#include "ui/plots/curve_plot.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/plots/custom_plot.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int paintInterval = 100; // milliseconds
constexpr int tickDistance = 40;   // pixels
constexpr int mostOfAName = 96;    // pixels, in the head

/// "Training 0.53"; a curve that is alone needs no name.
QString namedValue(const QString& name, const QString& value)
{
    return name.isEmpty() ? value : CurvePlot::tr("%1 %2", "a curve's name and its value").arg(name, value);
}

QVector<QCPGraphData> dataOf(std::span<const QPointF> points)
{
    QVector<QCPGraphData> data;
    data.reserve(static_cast<qsizetype>(points.size()));
    for (const QPointF& point : points)
        data.append(QCPGraphData(point.x(), point.y()));
    return data;
}

} // namespace

QColor curveColour(int number)
{
    // After Okabe and Ito: told apart with any colour vision, readable on either ground.
    static const std::array<std::pair<QColor, QColor>, 6> colours = {{{0x2563c9, 0x6ea3f7},
                                                                      {0xc25a00, 0xf0a04b},
                                                                      {0x0b7a5a, 0x45c79c},
                                                                      {0xa33b80, 0xe08cc0},
                                                                      {0x7a6a00, 0xd9cc52},
                                                                      {0x3b7fa6, 0x7cc8f0}}};
    const auto& [light, dark] = colours[static_cast<std::size_t>(number) % colours.size()];
    return Theme::instance().isDark() ? dark : light;
}

CurvePlot::CurvePlot(const QString& title, QWidget* parent)
    : QWidget(parent), title_(new QLabel(title)), head_(new QLabel), plot_(new QCustomPlot), cursor_(new QCPItemStraightLine(plot_)),
      valueText_([](double value) { return QLocale().toString(value, 'g', 4); })
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(2 * spaceUnit, spaceUnit, 2 * spaceUnit, 0);
    head->setSpacing(2 * spaceUnit);
    head->addWidget(title_);
    head->addWidget(head_, 1);
    title_->setProperty("heading", true);
    head_->setTextFormat(Qt::RichText);
    head_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    head_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    column->addLayout(head);
    column->addWidget(plot_, 1);
    plot_->setMinimumHeight(48);
    plot_->setMouseTracking(true);
    plot_->installEventFilter(this);
    plot_->setAccessibleName(title);
    plot_->xAxis->setTicker(QSharedPointer<StepTicker>::create());
    plot_->yAxis->setTicker(QSharedPointer<ValueTicker>::create(suffix_, factor_));
    plot_->axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    plot_->axisRect()->setMargins(QMargins(0, 2 * spaceUnit, 3 * spaceUnit, 0));
    plot_->xAxis->grid()->setVisible(false);
    plot_->setNoAntialiasingOnDrag(true);
    cursor_->setVisible(false);
    soon_.setSingleShot(true);
    soon_.setInterval(paintInterval);
    connect(&soon_, &QTimer::timeout, this, &CurvePlot::paintNow);
    connect(&Theme::instance(), &Theme::changed, this, &CurvePlot::retheme);
    retheme();
}

void CurvePlot::setTitle(const QString& title)
{
    title_->setText(title);
    plot_->setAccessibleName(title);
}

void CurvePlot::setTickSuffix(const QString& suffix, double factor)
{
    suffix_ = suffix;
    factor_ = factor;
    if (plot_->yAxis->scaleType() == QCPAxis::stLogarithmic)
        plot_->yAxis->setTicker(QSharedPointer<LogTicker>::create(suffix, factor));
    else
        plot_->yAxis->setTicker(QSharedPointer<ValueTicker>::create(suffix, factor));
}

// ---- points -------------------------------------------------------------------------------------------------------------

int CurvePlot::addCurve(const QString& name, int colour, bool dashed)
{
    CurveLine curve{.name = name, .colour = colour, .dashed = dashed, .smoother = Smoother(smoothing_)};
    curve.raw = plot_->addGraph();
    curve.line = plot_->addGraph();
    curves_.push_back(std::move(curve));
    retheme();
    return curveCount() - 1;
}

void CurvePlot::clearCurves()
{
    plot_->clearGraphs();
    curves_.clear();
    span_ = 0;
    showCursor(std::nullopt);
    paintSoon();
}

int CurvePlot::pointCount(int curve) const { return static_cast<int>(curves_[static_cast<std::size_t>(curve)].points.size()); }

void CurvePlot::setPoints(int curve, std::span<const QPointF> points)
{
    CurveLine& line = curves_[static_cast<std::size_t>(curve)];
    line.points.assign(points.begin(), points.end());
    resmooth(line);
    paintSoon();
}

void CurvePlot::append(int curve, std::span<const QPointF> points)
{
    CurveLine& line = curves_[static_cast<std::size_t>(curve)];
    const std::size_t before = line.points.size();
    line.points.insert(line.points.end(), points.begin(), points.end());
    addTo(line, std::span(line.points).subspan(before));
    paintSoon();
}

/// `points` are among the curve's already, at its end.
void CurvePlot::addTo(CurveLine& curve, std::span<const QPointF> points)
{
    if (smoothing_ <= 0) {
        curve.line->data()->add(dataOf(points), true);
    } else {
        curve.raw->data()->add(dataOf(points), true);
        QVector<QCPGraphData> smooth;
        for (const QPointF& point : points) {
            const QPointF next = curve.smoother.next(point);
            smooth.append(QCPGraphData(next.x(), next.y()));
        }
        curve.line->data()->add(smooth, true);
    }
    const bool few = curve.points.size() <= 40;
    curve.line->setScatterStyle(few ? QCPScatterStyle(QCPScatterStyle::ssDisc, curveColour(curve.colour), 4) : QCPScatterStyle());
}

void CurvePlot::resmooth(CurveLine& curve)
{
    curve.raw->data()->clear();
    curve.line->data()->clear();
    curve.smoother = Smoother(smoothing_);
    addTo(curve, curve.points);
}

void CurvePlot::setSmoothing(double factor)
{
    smoothing_ = std::clamp(factor, 0.0, 0.999);
    for (CurveLine& curve : curves_)
        resmooth(curve);
    paintSoon();
}

void CurvePlot::setLogarithmic(bool on)
{
    logarithmic_ = on;
    paintSoon();
}

void CurvePlot::setSpan(double steps)
{
    span_ = steps;
    paintSoon();
}

// ---- painting -----------------------------------------------------------------------------------------------------------

void CurvePlot::paintSoon()
{
    if (!soon_.isActive())
        soon_.start();
}

void CurvePlot::rescale()
{
    QCPRange values, steps(0, span_);
    bool found = false;
    for (const CurveLine& curve : curves_) {
        for (const QCPGraph* graph : {curve.raw, curve.line}) {
            bool has = false;
            const QCPRange range = graph->data()->valueRange(has);
            if (!has)
                continue;
            values = found ? QCPRange(std::min(values.lower, range.lower), std::max(values.upper, range.upper)) : range;
            found = true;
            steps.upper = std::max(steps.upper, graph->data()->keyRange(has).upper);
        }
    }
    const bool logarithmic = logarithmic_ && found && values.lower > 0;
    if (logarithmic != (plot_->yAxis->scaleType() == QCPAxis::stLogarithmic)) {
        plot_->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        setTickSuffix(suffix_, factor_);
    }
    if (!found)
        values = QCPRange(0, 1);
    if (logarithmic) {
        values = QCPRange(values.lower / 1.15, values.upper * 1.15);
    } else {
        const double margin = values.size() > 0 ? values.size() * 0.06 : values.upper == 0 ? 1 : std::abs(values.upper) * 0.1;
        values = QCPRange(values.lower >= 0 ? std::max(0.0, values.lower - margin) : values.lower - margin, values.upper + margin);
    }
    plot_->yAxis->setRange(values);
    plot_->yAxis->ticker()->setTickCount(std::max(1, plot_->axisRect()->height() / tickDistance));
    plot_->xAxis->setRange(0, steps.upper > 0 ? steps.upper * 1.01 : 1); // the last point is not cut in half
    plot_->yAxis->setTickLabels(found);
    plot_->xAxis->setTickLabels(found);
}

void CurvePlot::paintNow()
{
    rescale();
    tellHead();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::retheme()
{
    const Theme& theme = Theme::instance();
    plot_->setBackground(QBrush(theme.card()));
    const QFont small = [this] {
        QFont font = this->font();
        font.setPointSizeF(font.pointSizeF() * 0.85);
        return font;
    }();
    for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
        axis->setBasePen(QPen(theme.faint()));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.muted());
        axis->setTickLabelFont(small);
        axis->grid()->setPen(QPen(theme.faint(), 1, Qt::SolidLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    cursor_->setPen(QPen(theme.muted(), 1, Qt::DashLine));
    for (CurveLine& curve : curves_) {
        const QColor colour = curveColour(curve.colour);
        QColor faint = colour;
        faint.setAlphaF(0.28F);
        curve.raw->setPen(QPen(faint, 1));
        curve.line->setPen(QPen(colour, 1.6, curve.dashed ? Qt::DashLine : Qt::SolidLine));
        if (!curve.line->scatterStyle().isNone())
            curve.line->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, 4));
    }
    paintSoon();
}

void CurvePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        retheme();
    QWidget::changeEvent(event);
}

// ---- the line under the mouse -------------------------------------------------------------------------------------------

const QPointF* CurvePlot::nearest(const CurveLine& curve, double step) const
{
    if (curve.points.empty())
        return nullptr;
    auto after = std::ranges::lower_bound(curve.points, step, {}, &QPointF::x);
    if (after == curve.points.end() || (after != curve.points.begin() && step - (after - 1)->x() < after->x() - step))
        --after;
    return &*after;
}

QString CurvePlot::valuesAt(double step) const
{
    QStringList values;
    for (const CurveLine& curve : curves_)
        if (const QPointF* point = nearest(curve, step))
            values << namedValue(curve.name, valueText_(point->y()));
    return values.join("   ");
}

/// Names of the curves in their colours, with their values under the mouse or the last ones. A dashed one goes with a solid one of its colour.
void CurvePlot::tellHead()
{
    QStringList parts;
    for (const CurveLine& curve : curves_) {
        if (curve.dashed)
            continue; // there is no room for both
        const QPointF* point = curve.points.empty() ? nullptr : cursorStep_ ? nearest(curve, *cursorStep_) : &curve.points.back();
        const QString value = point ? valueText_(point->y()) : QString();
        const QString name = head_->fontMetrics().elidedText(curve.name, Qt::ElideMiddle, mostOfAName);
        const QString text = namedValue(name.toHtmlEscaped(), "<b>" + value + "</b>");
        parts << QString("<span style='color:%1'>%2</span>").arg(curveColour(curve.colour).name(), text);
    }
    head_->setText(parts.join("&nbsp;&nbsp;&nbsp;"));
}

void CurvePlot::showCursor(std::optional<double> step)
{
    cursorStep_ = step;
    cursor_->setVisible(step.has_value());
    if (step) {
        cursor_->point1->setCoords(*step, 0);
        cursor_->point2->setCoords(*step, 1);
        if (plot_->yAxis->scaleType() == QCPAxis::stLogarithmic)
            cursor_->point1->setCoords(*step, 0.1);
    }
    tellHead();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == plot_ && event->type() == QEvent::MouseMove) {
        const double step = plot_->xAxis->pixelToCoord(static_cast<QMouseEvent*>(event)->position().x());
        const QPointF* snapped = nullptr;
        for (const CurveLine& curve : curves_)
            if (const QPointF* point = nearest(curve, step); point && (!snapped || std::abs(point->x() - step) < std::abs(snapped->x() - step)))
                snapped = point;
        Q_EMIT hovered(snapped ? std::optional(snapped->x()) : std::nullopt);
    } else if (watched == plot_ && event->type() == QEvent::Leave) {
        Q_EMIT hovered(std::nullopt);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace earmark
