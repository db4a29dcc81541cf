#include "ui/pages/test/label_delegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int inset = 2 * spaceUnit, dot = 9; // pixels

}

void LabelDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.state &= ~QStyle::State_HasFocus; // the row is marked, not a cell
    const QStyle& style = cell.widget ? *cell.widget->style() : *QApplication::style();
    style.drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);
    QRect place = cell.rect.adjusted(inset, 0, -inset, 0);
    if (const auto colour = colourOf_ ? colourOf_(index) : std::nullopt) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(Theme::instance().muted(), 0.5));
        painter->setBrush(*colour);
        painter->drawEllipse(QRectF(place.x() + 0.5, place.center().y() - dot / 2.0 + 0.5, dot, dot));
        painter->restore();
        place.setLeft(place.x() + dot + inset);
    }
    painter->setFont(cell.font);
    painter->setPen(cell.palette.color(cell.state & QStyle::State_Selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(place, static_cast<int>(cell.displayAlignment) | Qt::TextSingleLine, cell.fontMetrics.elidedText(cell.text, cell.textElideMode, place.width()));
}

QSize LabelDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * inset + (colourOf_ && colourOf_(index) ? dot + inset : 0), 0);
}

} // namespace earmark
