#include "ui/pages/data/balance_list.h"

#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/models/label_colours.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

class BalanceDelegate : public QStyledItemDelegate
{
public:
    BalanceDelegate(const LabelBalance& balance, QObject* parent) : QStyledItemDelegate(parent), balance_(balance) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override { return {0, option.fontMetrics.height() + 4 * spaceUnit}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& entry = balance_.entries()[static_cast<std::size_t>(index.row())];
        const Theme& theme = Theme::instance();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setBrush(option.state & QStyle::State_Selected ? theme.tint() : theme.colour("hover"));
            painter->drawRoundedRect(option.rect, 6, 6);
        }
        const QRect cell = option.rect.adjusted(2 * spaceUnit, spaceUnit, -2 * spaceUnit, -spaceUnit - 3);
        const QString count = QLocale().toString(entry.clips);
        const int countWidth = option.fontMetrics.horizontalAdvance(count);
        const QString name = option.fontMetrics.elidedText(balance_.name(entry), Qt::ElideRight, cell.width() - countWidth - 2 * spaceUnit);
        painter->setPen(entry.kind == LabelBalance::Kind::none ? theme.muted() : option.palette.color(QPalette::Text));
        painter->drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, name);
        painter->setPen(theme.muted());
        painter->drawText(cell, Qt::AlignRight | Qt::AlignVCenter, count);
        if (entry.kind != LabelBalance::Kind::all)
            paintBar(*painter, QRectF(cell.left(), cell.bottom() + 2, cell.width(), 3), entry);
        painter->restore();
    }

private:
    void paintBar(QPainter& painter, const QRectF& room, const LabelBalance::Entry& entry) const
    {
        const Theme& theme = Theme::instance();
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.faint());
        painter.drawRoundedRect(room, 1.5, 1.5);
        if (entry.clips == 0)
            return;
        const double width = std::max(3.0, room.width() * entry.clips / std::max(1, balance_.most()));
        painter.setBrush(entry.kind == LabelBalance::Kind::label ? labelColour(entry.label) : theme.muted());
        painter.drawRoundedRect(QRectF(room.left(), room.top(), width, room.height()), 1.5, 1.5);
    }

    const LabelBalance& balance_;
};

} // namespace

BalanceList::BalanceList(Workspace& workspace, ClipTableModel& clips, QWidget* parent) : QListView(parent), clips_(clips), balance_(workspace)
{
    setObjectName("balance");
    setAccessibleName(tr("Labels and how many clips they have"));
    setModel(&balance_);
    setItemDelegate(new BalanceDelegate(balance_, this));
    setMouseTracking(true);
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setStyleSheet(QStringLiteral("QListView { background: transparent; border: none; }"));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &BalanceList::choose);
    connect(&clips, &ClipTableModel::filterChanged, this, &BalanceList::follow);
    connect(&balance_, &QAbstractItemModel::modelReset, this, &BalanceList::follow);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    follow();
}

void BalanceList::choose(const QModelIndex& current)
{
    if (following_ || !current.isValid())
        return;
    ClipFilter filter = clips_.filter();
    filter.label = balance_.labelAt(current.row());
    clips_.setFilter(std::move(filter));
}

void BalanceList::follow()
{
    following_ = true;
    setCurrentIndex(balance_.index(balance_.positionOf(clips_.filter().label)));
    following_ = false;
}

} // namespace earmark
