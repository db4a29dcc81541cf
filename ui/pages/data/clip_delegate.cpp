#include "ui/pages/data/clip_delegate.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

#include "ui/models/clip_filter.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int margin = 2 * spaceUnit;
constexpr int dot = 10; ///< a label's colour

QString elided(const QStyleOptionViewItem& option, const QString& text, int width) { return option.fontMetrics.elidedText(text, Qt::ElideMiddle, width); }

/// A dot and a name, one after the other; returns how much room they took.
int paintLabel(QPainter& painter, const QStyleOptionViewItem& option, const QRect& room, const QString& name, const QColor& colour, const QColor& ink)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRect(room.left(), room.center().y() - dot / 2 + 1, dot, dot), 3, 3);
    const QRect place = room.adjusted(dot + 6, 0, 0, 0);
    const QString text = elided(option, name, place.width());
    painter.setPen(ink);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
    return dot + 6 + option.fontMetrics.horizontalAdvance(text);
}

} // namespace

ClipDelegate::ClipDelegate(Workspace& workspace, const ClipTableModel& model, QObject* parent)
    : QStyledItemDelegate(parent), workspace_(workspace), model_(model), thumbnails_(new ThumbnailSource(this))
{
    connect(thumbnails_, &ThumbnailSource::ready, this, &ClipDelegate::thumbnailReady);
}

QSize ClipDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString text = index.data().toString();
    return {option.fontMetrics.horizontalAdvance(text) + 2 * margin + dot + 8, option.fontMetrics.height() + 4 * spaceUnit};
}

void ClipDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ClipRow* row = model_.row(index);
    const Theme& theme = Theme::instance();
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.tint());
    painter->setPen(theme.faint());
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (row) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setFont(option.font);
        if (row->state == ClipState::excluded)
            painter->setOpacity(0.5);
        const QRect cell = option.rect.adjusted(margin, 0, -margin, 0);
        const auto column = static_cast<ClipColumn>(index.column());
        const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
        const QColor ink = option.palette.color(QPalette::Text);
        switch (column) {
        case ClipColumn::wave: paintWave(*painter, cell, *row); break;
        case ClipColumn::label: paintLabels(*painter, option, cell, *row); break;
        case ClipColumn::prediction: paintPrediction(*painter, option, cell, *row); break;
        case ClipColumn::confidence: paintConfidence(*painter, option, cell, *row); break;
        case ClipColumn::name: paintText(*painter, option, cell, index.data().toString(), alignment, ink); break;
        case ClipColumn::state: paintText(*painter, option, cell, index.data().toString(), alignment, theme.warning()); break;
        default: paintText(*painter, option, cell, index.data().toString(), alignment, theme.muted());
        }
    }
    painter->restore();
}

void ClipDelegate::paintWave(QPainter& painter, const QRect& cell, const ClipRow& row) const
{
    const QSize size(cell.width(), cell.height() - 2 * spaceUnit);
    const QPixmap picture = thumbnails_->thumbnail(row, size, painter.device()->devicePixelRatioF());
    if (!picture.isNull())
        painter.drawPixmap(QRect(cell.topLeft() + QPoint(0, spaceUnit), size), picture);
}

void ClipDelegate::paintLabels(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const ClipRow& row) const
{
    QRect room = cell;
    for (const std::int64_t id : row.labels) {
        const LabelClass* label = workspace_.view().label(id);
        if (!label || room.width() < 3 * dot)
            continue;
        room.setLeft(room.left() + paintLabel(painter, option, room, shown(label->name), labelColour(*label), option.palette.color(QPalette::Text)) + margin);
    }
    if (row.labels.empty())
        paintText(painter, option, cell, QStringLiteral("—"), Qt::AlignLeft | Qt::AlignVCenter, Theme::instance().muted());
}

void ClipDelegate::paintPrediction(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const ClipRow& row) const
{
    const ProjectView& view = workspace_.view();
    if (row.prediction < 0 || static_cast<std::size_t>(row.prediction) >= view.predictionLabels.size())
        return;
    const auto place = static_cast<std::size_t>(row.prediction);
    const std::string& name = view.predictionLabels[place];
    const bool isOther = contradicts(view, row).value_or(false);
    paintLabel(painter, option, cell, shown(name), labelColour(view, name, place), isOther ? Theme::instance().bad() : option.palette.color(QPalette::Text));
}

void ClipDelegate::paintConfidence(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const ClipRow& row) const
{
    if (row.prediction < 0)
        return;
    const Theme& theme = Theme::instance();
    paintText(painter, option, cell, percentText(row.confidence), Qt::AlignRight | Qt::AlignVCenter, theme.muted());
    const QRectF bar(cell.left(), cell.bottom() - spaceUnit - 1, cell.width(), 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.faint());
    painter.drawRoundedRect(bar, 1.5, 1.5);
    painter.setBrush(contradicts(workspace_.view(), row).value_or(false) ? theme.bad() : theme.accent());
    const double share = std::clamp(static_cast<double>(row.confidence), 0.0, 1.0);
    painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 1.5, 1.5);
}

void ClipDelegate::paintText(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const QString& text, Qt::Alignment alignment,
                             const QColor& colour) const
{
    painter.setPen(colour);
    painter.drawText(cell, static_cast<int>(alignment), elided(option, text, cell.width()));
}

} // namespace earmark
