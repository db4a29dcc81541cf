#include "ui/pages/test/labels_view.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/models/label_colours.h"
#include "ui/pages/test/label_delegate.h"
#include "ui/widgets/theme.h"

namespace earmark
{

LabelsView::LabelsView(Workspace& workspace, QWidget* parent) : QWidget(parent), sorted_(new QSortFilterProxyModel(this)), table_(new QTableView)
{
    sorted_->setSourceModel(&figures_);
    sorted_->setSortRole(LabelFiguresTable::SortRole);
    sorted_->setSortLocaleAware(true);
    table_->setObjectName("testLabels");
    table_->setAccessibleName(tr("Figures of each label"));
    table_->setModel(sorted_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(7 * spaceUnit);
    QHeaderView* header = table_->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(LabelFiguresTable::label, QHeaderView::Stretch);
    header->setSectionResizeMode(LabelFiguresTable::mistaken, QHeaderView::Stretch);
    header->setHighlightSections(false);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    table_->setSortingEnabled(true);
    auto* cells = new LabelDelegate(this);
    cells->setColourOf([this, &workspace](const QModelIndex& index) -> std::optional<QColor> {
        if (index.column() != LabelFiguresTable::label || !result_)
            return std::nullopt;
        const auto label = static_cast<std::size_t>(sorted_->mapToSource(index).row());
        return labelColour(workspace.view(), result_->report.labels[label], label);
    });
    table_->setItemDelegate(cells);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * spaceUnit, 0, 0);
    column->addWidget(table_);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid() && !filling_)
            Q_EMIT chosen(sorted_->mapToSource(now).row());
    });
}

void LabelsView::show(std::shared_ptr<const TestResult> result)
{
    filling_ = true;
    const int row = sorted_->mapToSource(table_->currentIndex()).row();
    result_ = result;
    figures_.show(std::move(result));
    if (row >= 0 && row < figures_.rowCount())
        table_->selectRow(sorted_->mapFromSource(figures_.index(row, 0)).row());
    filling_ = false;
}

} // namespace earmark
