#include "ui/models/label_figures_table.h"

#include <QLocale>

#include "ui/models/text.h"

namespace earmark
{

void LabelFiguresTable::show(std::shared_ptr<const TestResult> result)
{
    beginResetModel();
    result_ = std::move(result);
    mistakenFor_.clear();
    for (std::size_t i = 0; result_ && i < result_->report.labels.size(); ++i) {
        int most = -1;
        const auto& row = result_->report.confusion[i];
        for (std::size_t j = 0; j < row.size(); ++j)
            if (j != i && row[j] > 0 && (most < 0 || row[j] > row[static_cast<std::size_t>(most)]))
                most = static_cast<int>(j);
        mistakenFor_.push_back(most);
    }
    endResetModel();
}

int LabelFiguresTable::rowCount(const QModelIndex& parent) const { return parent.isValid() || !result_ ? 0 : static_cast<int>(result_->report.labels.size()); }
int LabelFiguresTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant LabelFiguresTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool isNumber = section > label && section < mistaken;
    if (role == Qt::TextAlignmentRole)
        return int(isNumber ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        switch (section) {
        case precision:
            return tr("Of the clips that the model gave this label, the share that has it");
        case recall:
            return tr("Of the clips that have this label, the share that the model found");
        case f1:
            return tr("Harmonic mean of precision and recall");
        default:
            return {};
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case label:
        return tr("Label");
    case clips:
        return tr("Clips");
    case precision:
        return tr("Precision");
    case recall:
        return tr("Recall");
    case f1:
        return tr("F1");
    case mistaken:
        return tr("Mistaken for");
    default:
        return {};
    }
}

QVariant LabelFiguresTable::data(const QModelIndex& index, int role) const
{
    const auto row = static_cast<std::size_t>(index.row());
    const LabelFigures& figures = result_->report.perLabel[row];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return int(column > label && column < mistaken ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    const bool isShown = role == Qt::DisplayRole;
    switch (column) {
    case label:
        return shown(figures.label);
    case clips:
        return isShown ? QVariant(QLocale().toString(static_cast<qlonglong>(figures.support))) : QVariant(static_cast<qlonglong>(figures.support));
    case precision:
        return isShown ? QVariant(percentText(figures.precision)) : QVariant(figures.precision);
    case recall:
        return isShown ? QVariant(percentText(figures.recall)) : QVariant(figures.recall);
    case f1:
        return isShown ? QVariant(percentText(figures.f1)) : QVariant(figures.f1);
    default:
        break;
    }
    const int other = mistakenFor_[row];
    if (other < 0)
        return {};
    const auto count = static_cast<qlonglong>(result_->report.confusion[row][static_cast<std::size_t>(other)]);
    return isShown ? QVariant(tr("%1 (%2)", "a label and how many clips").arg(shown(result_->labelName(other)), QLocale().toString(count))) : QVariant(count);
}

} // namespace earmark
