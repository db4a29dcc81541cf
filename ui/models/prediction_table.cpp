#include "ui/models/prediction_table.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/compute/scores.h"
#include "ui/models/error_text.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

/// With the last folder, which tells files of one name apart.
QString nameInFolder(const std::string& path)
{
    const auto slash = path.rfind('/');
    const auto before = slash == std::string::npos || slash == 0 ? slash : path.rfind('/', slash - 1);
    return shown(before == std::string::npos ? path : path.substr(before + 1));
}

} // namespace

int PredictionTable::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int PredictionTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

std::optional<ScoredLabel> PredictionTable::best(const Row& row) const
{
    const auto best = bestScores(row.scores, labels_, 1);
    return best.empty() ? std::nullopt : std::optional(best.front());
}

QVariant PredictionTable::shownText(const Row& row, int column) const
{
    const auto heard = best(row);
    switch (column) {
    case file:
        return nameInFolder(row.file.sample.name);
    case prediction:
        if (heard)
            return shown(heard->label);
        return row.file.error || (row.heard && row.heard->error) ? tr("cannot be read") : QVariant();
    case confidence:
        return heard ? percentText(static_cast<double>(heard->score)) : QVariant();
    case length:
        return row.file.duration > 0 ? durationText(row.file.duration) : QVariant();
    default:
        return {};
    }
}

QVariant PredictionTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return shownText(row, index.column());
    case Qt::ToolTipRole:
        if (row.heard && row.heard->error)
            return errorText(*row.heard->error);
        return row.file.error ? errorText(*row.file.error) : shown(row.file.sample.clip.source.path);
    case Qt::DecorationRole: {
        const auto heard = index.column() == prediction && colours_ ? best(row) : std::nullopt;
        const auto place = heard ? std::ranges::find(labels_, heard->label) - labels_.begin() : 0;
        return heard ? QVariant(labelSwatch(colours_(heard->label, static_cast<std::size_t>(place)))) : QVariant();
    }
    case Qt::CheckStateRole:
        return index.column() == file ? QVariant(row.chosen ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() >= confidence ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case scoreRole: {
        const auto heard = best(row);
        return heard ? static_cast<double>(heard->score) : -1.0;
    }
    default:
        return {};
    }
}

QVariant PredictionTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case file: return tr("File");
    case prediction: return tr("Prediction");
    case confidence: return tr("Confidence");
    case length: return tr("Length");
    default: return {};
    }
}

Qt::ItemFlags PredictionTable::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == file ? flags | Qt::ItemIsUserCheckable : flags;
}

bool PredictionTable::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    rows_[static_cast<std::size_t>(index.row())].chosen = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {role});
    Q_EMIT chosenChanged();
    return true;
}

void PredictionTable::sort(int column, Qt::SortOrder order)
{
    const auto before = [&](const Row& a, const Row& b) {
        if (column == length)
            return a.file.duration < b.file.duration;
        const auto heardA = best(a), heardB = best(b);
        if (column == prediction)
            return (heardA ? heardA->label : "") < (heardB ? heardB->label : "");
        if (column == confidence)
            return (heardA ? heardA->score : -1) < (heardB ? heardB->score : -1);
        return a.file.sample.name < b.file.sample.name;
    };
    Q_EMIT layoutAboutToBeChanged();
    // Where a row goes, so that selections and a prediction under way follow it.
    std::vector<std::size_t> places(rows_.size());
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = i;
    std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) {
        return order == Qt::AscendingOrder ? before(rows_[a], rows_[b]) : before(rows_[b], rows_[a]);
    });
    std::vector<Row> sorted;
    std::vector<int> movedTo(rows_.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        movedTo[places[i]] = static_cast<int>(i);
        sorted.push_back(std::move(rows_[places[i]]));
    }
    rows_ = std::move(sorted);
    for (std::size_t& row : asked_)
        row = static_cast<std::size_t>(movedTo[row]);
    const QModelIndexList persistent = persistentIndexList();
    for (const QModelIndex& old : persistent)
        changePersistentIndex(old, index(movedTo[static_cast<std::size_t>(old.row())], old.column()));
    Q_EMIT layoutChanged();
}

int PredictionTable::waiting() const
{
    return static_cast<int>(std::ranges::count_if(rows_, [](const Row& row) { return !row.heard && !row.file.error; }));
}

void PredictionTable::add(const std::vector<GatheredFile>& files)
{
    std::vector<Row> rows;
    for (const GatheredFile& file : files)
        rows.push_back({.file = file, .chosen = !file.error});
    addClips(std::move(rows));
}

void PredictionTable::addClips(std::vector<Row> rows)
{
    const auto key = [](const Row& row) { return std::tuple(row.file.sample.clip.source.path, row.file.sample.clip.source.offset, row.file.sample.clip.start); };
    std::set<std::tuple<std::string, std::uint64_t, double>> known;
    for (const Row& row : rows_)
        known.insert(key(row));
    std::erase_if(rows, [&](const Row& row) { return !known.insert(key(row)).second; });
    if (rows.empty())
        return;
    beginInsertRows({}, static_cast<int>(rows_.size()), static_cast<int>(rows_.size() + rows.size()) - 1);
    std::ranges::move(rows, std::back_inserter(rows_));
    endInsertRows();
    Q_EMIT chosenChanged();
}

void PredictionTable::remove(std::vector<int> rows)
{
    std::ranges::sort(rows, std::greater());
    for (const int row : rows) {
        beginRemoveRows({}, row, row);
        rows_.erase(rows_.begin() + row);
        endRemoveRows();
    }
    asked_.clear();
    Q_EMIT chosenChanged();
}

void PredictionTable::clear()
{
    beginResetModel();
    rows_.clear();
    asked_.clear();
    endResetModel();
    Q_EMIT chosenChanged();
}

void PredictionTable::forgetPredictions()
{
    for (Row& row : rows_) {
        row.heard.reset();
        row.scores.clear();
    }
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

std::vector<Sample> PredictionTable::samples() const
{
    asked_.clear();
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (!rows_[i].heard && !rows_[i].file.error) {
            asked_.push_back(i);
            samples.push_back(rows_[i].file.sample);
        }
    return samples;
}

void PredictionTable::take(const ClassifiedClip& heard, const std::vector<std::string>& labels)
{
    if (heard.index >= asked_.size())
        return;
    labels_ = labels;
    const auto row = asked_[heard.index];
    rows_[row].heard = std::make_shared<const ClassifiedClip>(heard);
    rows_[row].scores = heard.windows.empty() ? heard.scores : meanScores(heard.windows);
    if (heard.error)
        rows_[row].chosen = false;
    Q_EMIT dataChanged(index(static_cast<int>(row), 0), index(static_cast<int>(row), columns - 1));
}

} // namespace earmark
