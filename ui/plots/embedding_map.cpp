#include "ui/plots/embedding_map.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/plots/custom_plot.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr double reach = 12; // pixels from a point at which it is still meant

bool isDrawn(const EmbeddingMap::Point& point) { return std::isfinite(point.at.x()) && std::isfinite(point.at.y()); }

} // namespace

EmbeddingMap::EmbeddingMap(QWidget* parent) : QWidget(parent), plot_(plotFilling(*this))
{
    setAccessibleName(tr("Map of the clips"));
    plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot_->setNoAntialiasingOnDrag(true);
    plot_->addLayer("marks");
    plot_->layer("marks")->setMode(QCPLayer::lmBuffered); // painted without the cloud
    for (QCPItemEllipse** ring : {&hoverRing_, &currentRing_}) {
        *ring = new QCPItemEllipse(plot_);
        (*ring)->setLayer("marks");
        (*ring)->setVisible(false);
    }
    for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
        axis->setTicks(false);
        axis->grid()->setVisible(false);
    }
    plot_->axisRect()->setAutoMargins(QCP::msNone);
    plot_->axisRect()->setMargins(QMargins(1, 1, 1, 1));
    connect(&Theme::instance(), &Theme::changed, this, &EmbeddingMap::retheme);
    retheme();
}

void EmbeddingMap::retheme()
{
    applyTheme(*plot_);
    hoverRing_->setPen(QPen(Theme::instance().muted(), 2));
    currentRing_->setPen(QPen(palette().color(QPalette::Text), 2));
    build();
}

QImage EmbeddingMap::picture()
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

void EmbeddingMap::setPoints(std::vector<Point> points, const std::vector<QColor>& colours)
{
    const bool isSame = points.size() == points_.size() &&
                        std::equal(points.begin(), points.end(), points_.begin(), [](const Point& a, const Point& b) { return a.at == b.at; });
    points_ = std::move(points);
    colours_ = colours;
    if (!isSame) {
        hovered_.reset();
        current_.reset();
    }
    build();
    if (!isSame)
        zoomAll();
}

void EmbeddingMap::build()
{
    plot_->clearGraphs();
    const int groups = static_cast<int>(colours_.size());
    std::vector<QVector<QCPGraphData>> data(2 * static_cast<std::size_t>(groups + 1));
    for (const Point& point : points_)
        if (isDrawn(point))
            data[2 * static_cast<std::size_t>(point.group < 0 ? groups : point.group) + (point.right ? 0 : 1)].append(QCPGraphData(point.at.x(), point.at.y()));
    for (std::size_t i = 0; i < data.size(); ++i) { // discs and crosses by turns, a label after the other
        if (data[i].isEmpty())
            continue;
        const auto group = static_cast<int>(i / 2);
        QColor colour = group < groups ? colours_[static_cast<std::size_t>(group)] : Theme::instance().muted();
        if (shownGroup_ && *shownGroup_ != group)
            colour.setAlphaF(0.15f);
        QCPGraph* graph = plot_->addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setAdaptiveSampling(false);
        const bool isRight = i % 2 == 0;
        graph->setScatterStyle(isRight ? QCPScatterStyle(QCPScatterStyle::ssDisc, colour, 7) : QCPScatterStyle(QCPScatterStyle::ssCross, QPen(colour, 2), Qt::NoBrush, 9));
        graph->data()->set(data[i]);
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void EmbeddingMap::setShownGroup(std::optional<int> group)
{
    if (group == shownGroup_)
        return;
    shownGroup_ = group;
    build();
}

void EmbeddingMap::zoomAll()
{
    double left = std::numeric_limits<double>::infinity(), right = -left, bottom = left, top = -left;
    for (const Point& point : points_)
        if (isDrawn(point)) {
            left = std::min(left, point.at.x());
            right = std::max(right, point.at.x());
            bottom = std::min(bottom, point.at.y());
            top = std::max(top, point.at.y());
        }
    if (left > right)
        return;
    const double wide = std::max(right - left, 1e-6) * 0.06, high = std::max(top - bottom, 1e-6) * 0.06;
    plot_->xAxis->setRange(left - wide, right + wide);
    plot_->yAxis->setRange(bottom - high, top + high);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

QPointF EmbeddingMap::pixelOf(int point) const
{
    const QPointF at = points_[static_cast<std::size_t>(point)].at;
    return {plot_->xAxis->coordToPixel(at.x()), plot_->yAxis->coordToPixel(at.y())};
}

std::optional<int> EmbeddingMap::pointAt(const QPointF& pixel) const
{
    std::optional<int> nearest;
    double least = reach * reach;
    const QCPRange x = plot_->xAxis->range(), y = plot_->yAxis->range();
    const double perX = plot_->axisRect()->width() / x.size(), perY = plot_->axisRect()->height() / y.size();
    const QPointF at(plot_->xAxis->pixelToCoord(pixel.x()), plot_->yAxis->pixelToCoord(pixel.y()));
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double dx = (points_[i].at.x() - at.x()) * perX, dy = (points_[i].at.y() - at.y()) * perY;
        const double distance = dx * dx + dy * dy;
        if (distance < least) {
            least = distance;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

void EmbeddingMap::mark(QCPItemEllipse* ring, std::optional<int> point)
{
    ring->setVisible(point && isDrawn(points_[static_cast<std::size_t>(*point)]));
    if (ring->visible()) {
        // Around a place of the map, as wide as so many pixels wherever one has zoomed to.
        for (QCPItemPosition* corner : {ring->topLeft, ring->bottomRight})
            corner->setType(QCPItemPosition::ptAbsolute);
        const QPointF centre = pixelOf(*point);
        ring->topLeft->setPixelPosition(centre - QPointF(7, 7));
        ring->bottomRight->setPixelPosition(centre + QPointF(7, 7));
    }
}

void EmbeddingMap::setCurrent(std::optional<int> point)
{
    current_ = point && *point < static_cast<int>(points_.size()) ? point : std::nullopt;
    mark(currentRing_, current_);
    plot_->layer("marks")->replot();
}

void EmbeddingMap::hover(const QPointF& pixel)
{
    const auto point = pointAt(pixel);
    if (point == hovered_)
        return;
    hovered_ = point;
    mark(hoverRing_, point);
    plot_->layer("marks")->replot();
    setCursor(point ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (point && tip_)
        QToolTip::showText(plot_->mapToGlobal(pixel.toPoint()) + QPoint(8, 8), tip_(*point), plot_);
    else
        QToolTip::hideText();
    Q_EMIT hovered(point);
}

bool EmbeddingMap::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != plot_)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseMove:
        if (!static_cast<QMouseEvent*>(event)->buttons())
            hover(static_cast<QMouseEvent*>(event)->position());
        break;
    case QEvent::MouseButtonPress:
        setFocus();
        pressedAt_ = static_cast<QMouseEvent*>(event)->position();
        break;
    case QEvent::MouseButtonRelease: {
        const QPointF at = static_cast<QMouseEvent*>(event)->position();
        if ((at - pressedAt_).manhattanLength() < 4)
            if (const auto point = pointAt(at)) {
                setCurrent(point);
                Q_EMIT chosen(*point);
            }
        break;
    }
    case QEvent::MouseButtonDblClick:
        zoomAll();
        return true;
    case QEvent::Leave:
        hovered_.reset();
        mark(hoverRing_, std::nullopt);
        plot_->layer("marks")->replot();
        Q_EMIT hovered(std::nullopt);
        break;
    case QEvent::Paint: // after a zoom or a drag the marks stand where their points are now
        mark(hoverRing_, hovered_);
        mark(currentRing_, current_);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void EmbeddingMap::step(Qt::Key key)
{
    // The nearest point within the quarter that the arrow points into.
    if (!current_ && !points_.empty()) {
        for (std::size_t i = 0; i < points_.size() && !current_; ++i)
            if (isDrawn(points_[i]))
                current_ = static_cast<int>(i);
    } else if (current_) {
        const QPointF from = pixelOf(*current_);
        double least = std::numeric_limits<double>::infinity();
        std::optional<int> next;
        for (int i = 0; i < static_cast<int>(points_.size()); ++i) {
            const QPointF way = pixelOf(i) - from;
            const double along = key == Qt::Key_Left ? -way.x() : key == Qt::Key_Right ? way.x() : key == Qt::Key_Up ? -way.y() : way.y();
            const double across = key == Qt::Key_Left || key == Qt::Key_Right ? way.y() : way.x();
            const double distance = along * along + across * across;
            if (along > 0 && std::abs(across) <= along && distance < least) {
                least = distance;
                next = i;
            }
        }
        if (!next)
            return;
        current_ = next;
    }
    if (current_) {
        setCurrent(current_);
        Q_EMIT chosen(*current_);
    }
}

void EmbeddingMap::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return step(static_cast<Qt::Key>(event->key()));
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace earmark
