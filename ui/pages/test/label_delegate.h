// Cells of a table that may begin with the colour of a label, set in from the edge as the header's words are. Thread: the window's.
#pragma once

#include <QColor>
#include <QStyledItemDelegate>

#include <functional>
#include <optional>

namespace earmark
{

class LabelDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setColourOf(std::function<std::optional<QColor>(const QModelIndex&)> colourOf) { colourOf_ = std::move(colourOf); }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    std::function<std::optional<QColor>(const QModelIndex&)> colourOf_;
};

} // namespace earmark
