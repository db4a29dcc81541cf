#include "ui/widgets/confusion_matrix.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr double smallestCell = 18, greatestCell = 120;

QColor mixed(const QColor& ground, const QColor& ink, double share)
{
    const auto between = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(between(ground.redF(), ink.redF()), between(ground.greenF(), ink.greenF()), between(ground.blueF(), ink.blueF()));
}

} // namespace

ConfusionMatrix::ConfusionMatrix(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Confusion matrix"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConfusionMatrix::setCounts(QStringList labels, std::vector<std::vector<std::int64_t>> counts)
{
    const bool isSame = labels == labels_;
    labels_ = std::move(labels);
    counts_ = std::move(counts);
    rowSums_.clear();
    for (const auto& row : counts_) {
        std::int64_t sum = 0;
        for (const std::int64_t count : row)
            sum += count;
        rowSums_.push_back(sum);
    }
    if (!isSame)
        current_.reset();
    hovered_.reset();
    measure();
    updateGeometry();
    update();
}

void ConfusionMatrix::setShowsShares(bool shares)
{
    shares_ = shares;
    update();
}

QImage ConfusionMatrix::picture()
{
    const Theme::OnPaper light;
    QImage made(size() > 0 ? QWidget::size() * devicePixelRatioF() : QSize(), QImage::Format_RGB32);
    if (made.isNull())
        return made;
    made.setDevicePixelRatio(devicePixelRatioF());
    made.fill(Theme::instance().card());
    setPalette(Theme::instance().palette());
    render(&made, {}, {}, QWidget::DrawChildren);
    setPalette(QPalette()); // what it inherits
    return made;
}

void ConfusionMatrix::setCurrent(std::optional<Cell> cell)
{
    current_ = cell;
    update();
}

void ConfusionMatrix::measure()
{
    const QFontMetricsF metrics(font());
    double widest = 0;
    for (const QString& label : labels_)
        widest = std::max(widest, metrics.horizontalAdvance(label));
    nameWidth_ = std::min(widest + 2 * spaceUnit, 40.0 * spaceUnit);
    titleSide_ = metrics.height() + spaceUnit;
    nameHeight_ = std::min(widest + 2 * spaceUnit, 28.0 * spaceUnit);
}

double ConfusionMatrix::cellSide() const
{
    if (labels_.isEmpty())
        return smallestCell;
    const double wide = (width() - titleSide_ - nameWidth_ - 1) / size(), high = (height() - titleSide_ - nameHeight_ - 1) / size();
    return std::floor(std::clamp(std::min(wide, high), smallestCell, greatestCell));
}

QPointF ConfusionMatrix::origin() const
{
    return {titleSide_ + nameWidth_, titleSide_ + nameHeight_};
}

QSize ConfusionMatrix::minimumSizeHint() const
{
    const double side = smallestCell * size();
    return QSizeF(titleSide_ + nameWidth_ + side + 2, titleSide_ + nameHeight_ + side + 2).toSize();
}

QSize ConfusionMatrix::sizeHint() const
{
    const double side = 40.0 * size();
    return QSizeF(titleSide_ + nameWidth_ + side + 2, titleSide_ + nameHeight_ + side + 2).toSize();
}

QRectF ConfusionMatrix::cellRect(Cell cell) const
{
    const double side = cellSide();
    return {origin().x() + cell.second * side, origin().y() + cell.first * side, side, side};
}

std::optional<ConfusionMatrix::Cell> ConfusionMatrix::cellAt(const QPointF& point) const
{
    const QPointF inside = (point - origin()) / cellSide();
    const int row = static_cast<int>(std::floor(inside.y())), column = static_cast<int>(std::floor(inside.x()));
    if (row < 0 || column < 0 || row >= size() || column >= size())
        return std::nullopt;
    return Cell{row, column};
}

double ConfusionMatrix::share(Cell cell) const
{
    const auto [row, column] = cell;
    const std::int64_t sum = rowSums_[static_cast<std::size_t>(row)];
    return sum > 0 ? static_cast<double>(counts_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)]) / static_cast<double>(sum) : 0;
}

QString ConfusionMatrix::cellText(Cell cell) const
{
    const auto [row, column] = cell;
    const QLocale locale;
    const auto count = counts_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)], sum = rowSums_[static_cast<std::size_t>(row)];
    const QString& label = labels_[row];
    if (row == column)
        return tr("%1 of %2 clips of “%3” were recognised (%4)")
            .arg(locale.toString(static_cast<qlonglong>(count)), locale.toString(static_cast<qlonglong>(sum)), label, percentText(share(cell)));
    return tr("%1 of %2 clips of “%3” were taken for “%4” (%5)")
        .arg(locale.toString(static_cast<qlonglong>(count)), locale.toString(static_cast<qlonglong>(sum)), label, labels_[column], percentText(share(cell)));
}

// ---- painting ----

void ConfusionMatrix::paintEvent(QPaintEvent* event)
{
    if (labels_.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < size(); ++row)
        for (int column = 0; column < size(); ++column)
            if (cellRect({row, column}).intersects(event->rect()))
                paintCell(painter, {row, column});
    paintNames(painter);
    if (current_) {
        painter.setPen(QPen(hasFocus() ? Theme::instance().accent() : palette().color(QPalette::Text), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cellRect(*current_).adjusted(1, 1, -1, -1), 3, 3);
    }
}

void ConfusionMatrix::paintCell(QPainter& painter, Cell cell) const
{
    const QRectF place = cellRect(cell).adjusted(0.5, 0.5, -0.5, -0.5);
    const auto count = counts_[static_cast<std::size_t>(cell.first)][static_cast<std::size_t>(cell.second)];
    const Theme& theme = Theme::instance();
    const QColor ground = theme.card(), ink = cell.first == cell.second ? theme.accent() : theme.bad();
    const double depth = count > 0 ? 0.12 + 0.88 * share(cell) : 0;
    const QColor fill = count > 0 ? mixed(ground, ink, depth) : ground;
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(place, 2, 2);
    if (hovered_ == cell) {
        painter.setPen(QPen(theme.muted(), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    }
    if (count == 0)
        return;
    const QString text = shares_ ? QString::number(std::lround(100 * share(cell))) : QLocale().toString(static_cast<qlonglong>(count));
    QFont small = font();
    if (QFontMetricsF(small).horizontalAdvance(text) > place.width() - 4)
        small.setPointSizeF(std::max(6.0, small.pointSizeF() * 0.8));
    if (QFontMetricsF(small).horizontalAdvance(text) > place.width())
        return; // the tooltip tells it
    painter.setFont(small);
    painter.setPen(textOn(fill));
    painter.drawText(place, Qt::AlignCenter, text);
    painter.setFont(font());
}

void ConfusionMatrix::paintNames(QPainter& painter) const
{
    const QFontMetricsF metrics(font());
    const double side = cellSide(), gap = spaceUnit;
    const QPointF corner = origin();
    bool fits = true;
    for (const QString& label : labels_)
        fits = fits && metrics.horizontalAdvance(label) <= side - gap;
    for (int i = 0; i < size(); ++i) {
        const bool isRow = current_ && current_->first == i, isColumn = current_ && current_->second == i;
        painter.setPen(isRow ? Theme::instance().accent() : palette().color(QPalette::Text));
        painter.drawText(QRectF(titleSide_, corner.y() + i * side, nameWidth_ - gap, side), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(labels_[i], Qt::ElideRight, nameWidth_ - gap));
        painter.setPen(isColumn ? Theme::instance().accent() : palette().color(QPalette::Text));
        if (fits) {
            painter.drawText(QRectF(corner.x() + i * side, titleSide_, side, nameHeight_ - gap), Qt::AlignHCenter | Qt::AlignBottom, labels_[i]);
            continue;
        }
        painter.save();
        painter.translate(corner.x() + (i + 0.5) * side, corner.y() - gap);
        painter.rotate(-90);
        painter.drawText(QRectF(0, -side / 2, nameHeight_ - gap, side), Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(labels_[i], Qt::ElideRight, nameHeight_ - gap));
        painter.restore();
    }
    painter.setPen(Theme::instance().muted());
    const double length = side * size();
    painter.drawText(QRectF(corner.x(), 0, std::max(length, width() - corner.x()), titleSide_), Qt::AlignLeft | Qt::AlignTop, tr("The model says"));
    painter.save();
    painter.translate(0, corner.y() + length);
    painter.rotate(-90);
    painter.drawText(QRectF(0, 0, length, titleSide_), Qt::AlignRight | Qt::AlignTop, tr("It is"));
    painter.restore();
}

// ---- the hand ----

void ConfusionMatrix::choose(Cell cell)
{
    current_ = cell;
    update();
    setAccessibleDescription(cellText(cell));
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    Q_EMIT currentMoved(cellRect(cell).toAlignedRect());
    Q_EMIT chosen(cell.first, cell.second);
}

void ConfusionMatrix::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (cell && event->button() == Qt::LeftButton)
        choose(*cell);
}

void ConfusionMatrix::mouseMoveEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (cell == hovered_)
        return;
    hovered_ = cell;
    setCursor(cell ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void ConfusionMatrix::leaveEvent(QEvent*)
{
    hovered_.reset();
    update();
}

void ConfusionMatrix::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ConfusionMatrix::keyPressEvent(QKeyEvent* event)
{
    Cell to = current_.value_or(Cell{0, 0});
    switch (event->key()) {
    case Qt::Key_Up:
        --to.first;
        break;
    case Qt::Key_Down:
        ++to.first;
        break;
    case Qt::Key_Left:
        --to.second;
        break;
    case Qt::Key_Right:
        ++to.second;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    if (!current_)
        to = {0, 0};
    if (to.first >= 0 && to.second >= 0 && to.first < size() && to.second < size())
        choose(to);
}

void ConfusionMatrix::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

bool ConfusionMatrix::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto cell = cellAt(help->pos()))
            QToolTip::showText(help->globalPos(), cellText(*cell), this, cellRect(*cell).toAlignedRect());
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace earmark
