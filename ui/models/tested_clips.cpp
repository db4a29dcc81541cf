#include "ui/models/tested_clips.h"

#include <QCoreApplication>

#include <algorithm>

#include "ui/models/text.h"

namespace earmark
{

QString shownLabel(const TestResult& result, int label)
{
    return label < 0 ? QCoreApplication::translate("earmark::TestedClips", "(unknown to the model)") : shown(result.labelName(label));
}

void TestedClips::show(std::shared_ptr<const TestResult> result, std::vector<std::size_t> places)
{
    beginResetModel();
    result_ = std::move(result);
    given_ = std::move(places);
    arrange();
    endResetModel();
}

void TestedClips::renew(std::shared_ptr<const TestResult> result)
{
    result_ = std::move(result);
    if (!places_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int TestedClips::rowOf(std::size_t place) const
{
    const auto found = std::ranges::find(places_, place);
    return found == places_.end() ? -1 : static_cast<int>(found - places_.begin());
}

int TestedClips::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(places_.size()); }
int TestedClips::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant TestedClips::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == confidence ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case name:
        return tr("Clip");
    case label:
        return tr("Label");
    case prediction:
        return tr("Model says");
    case confidence:
        return tr("Confidence");
    default:
        return {};
    }
}

QVariant TestedClips::data(const QModelIndex& index, int role) const
{
    const std::size_t place = placeOf(index.row());
    const ReportedClip& clip = result_->report.perClip[place];
    if (role == Qt::TextAlignmentRole)
        return int(index.column() == confidence ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == name)
        return shown(clip.name);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case name:
        return fileName(clip.name);
    case label:
        return shownLabel(*result_, clip.label);
    case prediction:
        return shownLabel(*result_, clip.prediction);
    case confidence:
        return percentText(result_->judgements[place].confidence);
    default:
        return {};
    }
}

void TestedClips::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged();
    sortedBy_ = column;
    order_ = order;
    const std::vector<std::size_t> before = places_;
    arrange();
    QModelIndexList from = persistentIndexList(), to;
    for (const QModelIndex& old : from)
        to << index(rowOf(before[static_cast<std::size_t>(old.row())]), old.column());
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged();
}

void TestedClips::arrange()
{
    places_ = given_;
    if (!result_ || sortedBy_ < 0)
        return;
    const auto& clips = result_->report.perClip;
    const auto before = [&](std::size_t a, std::size_t b) {
        switch (sortedBy_) {
        case name:
            return clips[a].name < clips[b].name;
        case label:
            return result_->labelName(clips[a].label) < result_->labelName(clips[b].label);
        case prediction:
            return result_->labelName(clips[a].prediction) < result_->labelName(clips[b].prediction);
        default:
            return result_->judgements[a].confidence < result_->judgements[b].confidence;
        }
    };
    if (order_ == Qt::AscendingOrder)
        std::ranges::stable_sort(places_, before);
    else
        std::ranges::stable_sort(places_, [&](std::size_t a, std::size_t b) { return before(b, a); });
}

} // namespace earmark
