#include "ui/models/region_table.h"

#include <QColor>
#include <QLocale>

#include <algorithm>
#include <cmath>

#include "ui/models/label_colours.h"
#include "ui/models/region_edit.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

QVariant number(std::optional<double> value) { return value ? QVariant(*value) : QVariant(); }

QString joined(const std::vector<std::string>& labels)
{
    QStringList names;
    for (const std::string& label : labels)
        names << shown(label);
    return names.join(RegionTable::separator);
}

std::vector<std::string> parted(const QString& text)
{
    std::vector<std::string> labels;
    for (const QString& part : text.split('|', Qt::SkipEmptyParts))
        if (const QString name = part.trimmed(); !name.isEmpty())
            labels.push_back(bytesOf(name));
    return labels;
}

/// What a person typed into a cell for a bound: nothing takes it away.
std::optional<double> bound(const QVariant& value)
{
    return value.toString().trimmed().isEmpty() ? std::nullopt : std::optional(value.toDouble());
}

} // namespace

RegionTable::RegionTable(Workspace& workspace, ClipDetails& details, QObject* parent)
    : QAbstractTableModel(parent), workspace_(workspace), details_(details)
{
    connect(&details, &ClipDetails::changed, this, &RegionTable::refresh);
    refresh();
}

void RegionTable::refresh()
{
    std::vector<std::int64_t> ids;
    if (details_.clip())
        for (const Region& region : details_.clip()->regions)
            ids.push_back(region.id);
    if (ids == ids_) { // the selection and an open editor stay
        if (!ids_.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    ids_ = std::move(ids);
    endResetModel();
}

int RegionTable::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(ids_.size()); }
int RegionTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant RegionTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == labels ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case start:
        return tr("Start (s)");
    case end:
        return tr("End (s)");
    case low:
        return tr("Low (Hz)");
    case high:
        return tr("High (Hz)");
    default:
        return tr("Labels");
    }
}

QVariant RegionTable::data(const QModelIndex& index, int role) const
{
    const Region* region = index.isValid() ? details_.region(ids_[static_cast<std::size_t>(index.row())]) : nullptr;
    if (!region)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(index.column() == labels ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DecorationRole && index.column() == labels && !region->labels.empty())
        return labelSwatch(labelColour(workspace_.view(), region->labels.front()));
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    const auto shownNumber = [&](std::optional<double> value, int decimals) {
        return role == Qt::EditRole || !value ? number(value) : QVariant(QLocale().toString(*value, 'f', decimals));
    };
    switch (index.column()) {
    case start:
        return shownNumber(region->start, 3);
    case end:
        return shownNumber(region->end, 3);
    case low:
        return shownNumber(region->low, 0);
    case high:
        return shownNumber(region->high, 0);
    default:
        return joined(region->labels);
    }
}

bool RegionTable::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const Region* region = index.isValid() && role == Qt::EditRole ? details_.region(ids_[static_cast<std::size_t>(index.row())]) : nullptr;
    if (!region || value == data(index, Qt::EditRole))
        return false;
    NewRegion to = asNew(*region);
    switch (index.column()) {
    case start:
        to.start = value.toDouble();
        break;
    case end:
        to.end = value.toDouble();
        break;
    case low:
        to.low = bound(value);
        break;
    case high:
        to.high = bound(value);
        break;
    default:
        to.labels = parted(value.toString());
        break;
    }
    workspace_.project().changeRegion(details_.clip()->id, region->id, std::move(to));
    return true;
}

Qt::ItemFlags RegionTable::flags(const QModelIndex& index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return workspace_.project().isWritable() ? flags | Qt::ItemIsEditable : flags;
}

std::optional<std::int64_t> RegionTable::region(int row) const
{
    return row >= 0 && row < rowCount() ? std::optional(ids_[static_cast<std::size_t>(row)]) : std::nullopt;
}

int RegionTable::rowOf(std::int64_t region) const
{
    const auto found = std::ranges::find(ids_, region);
    return found == ids_.end() ? -1 : static_cast<int>(found - ids_.begin());
}

} // namespace earmark
