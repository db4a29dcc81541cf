#include "ui/models/clip_table_model.h"

#include <QElapsedTimer>

#include <algorithm>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

constexpr std::size_t atOnce = 4000;    ///< so many rows are filtered and sorted in a few milliseconds
constexpr std::size_t stepRows = 256;   ///< between two looks at the clock
constexpr qint64 sliceMicroseconds = 4000;
constexpr int pauseWhileLoading = 300;  ///< ms
constexpr std::size_t mostSteps = 16;   ///< rows that come or go one by one; more are a reset

/// The runs of `whole` that `part` leaves out, as [first, end) in `whole`, where `part` is otherwise the same; nothing where it is not, or they are too many.
std::optional<std::vector<std::pair<int, int>>> gaps(const std::vector<ClipId>& whole, const std::vector<ClipId>& part)
{
    std::vector<std::pair<int, int>> found;
    std::size_t at = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (at < part.size() && whole[i] == part[at]) {
            ++at;
            continue;
        }
        const int place = static_cast<int>(i);
        if (!found.empty() && found.back().second == place)
            ++found.back().second;
        else if (found.size() == mostSteps)
            return std::nullopt;
        else
            found.emplace_back(place, place + 1);
    }
    return at == part.size() ? std::optional(found) : std::nullopt;
}

} // namespace

struct ClipTableModel::Pass {
    Pass(const ClipFilter& filter, const ClipOrder& order, const ProjectView& view) : matcher(filter, view), keys(order, view) {}

    ClipMatcher matcher;
    ClipKeys keys;
    std::size_t next = 0; ///< row
};

ClipTableModel::ClipTableModel(Workspace& workspace, QObject* parent) : QAbstractTableModel(parent), workspace_(workspace)
{
    slice_.setInterval(0);
    connect(&slice_, &QTimer::timeout, this, &ClipTableModel::walk);
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &ClipTableModel::renew);
    const ProjectSession& project = workspace.project();
    connect(&project, &ProjectSession::rowsReset, this, &ClipTableModel::rowsReset);
    connect(&project, &ProjectSession::rowsAppended, this, &ClipTableModel::rowsAppended);
    connect(&project, &ProjectSession::rowsChanged, this, &ClipTableModel::rowsChanged);
    connect(&project, &ProjectSession::labelSetChanged, this, &ClipTableModel::renew);
    connect(&project, &ProjectSession::splitsChanged, this, &ClipTableModel::renew);
    connect(&project, &ProjectSession::shownRunChanged, this, &ClipTableModel::renew);
    connect(&project, &ProjectSession::closed, this, [this] {
        filter_ = {};
        rowsReset();
        Q_EMIT filterChanged();
    });
    renew();
}

ClipTableModel::~ClipTableModel() = default;

void ClipTableModel::setFilter(ClipFilter filter)
{
    if (filter == filter_)
        return;
    filter_ = std::move(filter);
    Q_EMIT filterChanged();
    renew();
}

void ClipTableModel::setOrder(ClipOrder order)
{
    if (order == order_)
        return;
    order_ = order;
    renew();
}

void ClipTableModel::sort(int column, Qt::SortOrder order)
{
    const bool isColumn = column >= 0 && column < clipColumns && static_cast<ClipColumn>(column) != ClipColumn::wave;
    setOrder({.column = isColumn ? std::optional(static_cast<ClipColumn>(column)) : std::nullopt, .descending = order == Qt::DescendingOrder});
}

// ---- what is shown ------------------------------------------------------------------------------------------------------

void ClipTableModel::renew()
{
    later_.stop();
    job_.cancel();
    pass_ = std::make_unique<Pass>(filter_, order_, workspace_.view());
    repaint();
    if (workspace_.view().rows.size() > atOnce) {
        slice_.start();
        Q_EMIT shownChanged();
        return;
    }
    for (const ClipRow& row : workspace_.view().rows)
        if (pass_->matcher.matches(row))
            pass_->keys.add(row);
    const auto pass = std::exchange(pass_, nullptr);
    slice_.stop();
    become(std::move(pass->keys).sorted());
}

void ClipTableModel::walk()
{
    const auto& rows = workspace_.view().rows;
    QElapsedTimer clock;
    clock.start();
    while (pass_->next < rows.size()) {
        const std::size_t end = std::min(rows.size(), pass_->next + stepRows);
        for (; pass_->next < end; ++pass_->next)
            if (pass_->matcher.matches(rows[pass_->next]))
                pass_->keys.add(rows[pass_->next]);
        if (clock.nsecsElapsed() > 1000 * sliceMicroseconds)
            return;
    }
    conclude();
}

void ClipTableModel::conclude()
{
    slice_.stop();
    const std::size_t seen = pass_->next;
    auto keys = std::make_shared<ClipKeys>(std::move(pass_->keys));
    pass_.reset();
    job_.ask([keys](const std::stop_token& stop) { return std::move(*keys).sorted(stop); },
             [this, seen](std::vector<ClipId> clips) {
                 become(std::move(clips));
                 if (const std::size_t now = workspace_.view().rows.size(); now > seen) // came meanwhile
                     rowsAppended(static_cast<int>(seen), static_cast<int>(now - seen));
             });
}

void ClipTableModel::become(std::vector<ClipId> clips)
{
    if (!becomeBySteps(clips)) {
        beginResetModel();
        shown_ = std::move(clips);
        endResetModel();
    }
    Q_EMIT shownChanged();
}

bool ClipTableModel::becomeBySteps(const std::vector<ClipId>& clips)
{
    if (shown_.empty() != clips.empty())
        return false;
    if (const auto gone = clips.size() <= shown_.size() ? gaps(shown_, clips) : std::nullopt) {
        for (auto run = gone->rbegin(); run != gone->rend(); ++run) {
            beginRemoveRows({}, run->first, run->second - 1);
            shown_.erase(shown_.begin() + run->first, shown_.begin() + run->second);
            endRemoveRows();
        }
        return true;
    }
    if (const auto come = clips.size() > shown_.size() ? gaps(clips, shown_) : std::nullopt) {
        for (const auto& [first, end] : *come) {
            beginInsertRows({}, first, end - 1);
            shown_.insert(shown_.begin() + first, clips.begin() + first, clips.begin() + end);
            endInsertRows();
        }
        return true;
    }
    return false;
}

void ClipTableModel::repaint()
{
    if (!shown_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, clipColumns - 1)); // a view paints what it shows of them
}

// ---- what the project says ----------------------------------------------------------------------------------------------

void ClipTableModel::rowsReset() { renew(); }

void ClipTableModel::rowsAppended(int first, int count)
{
    if (pass_ && slice_.isActive())
        return; // the walk comes there
    if (job_.isBusy())
        return; // so does its end
    if (order_.column) {
        if (!later_.isActive())
            later_.start(workspace_.view().rows.size() > atOnce ? pauseWhileLoading : 0);
        return;
    }
    const auto& rows = workspace_.view().rows;
    const ClipMatcher matcher(filter_, workspace_.view());
    std::vector<ClipId> more;
    for (int i = first; i < first + count; ++i)
        if (matcher.matches(rows[static_cast<std::size_t>(i)]))
            more.push_back(rows[static_cast<std::size_t>(i)].id);
    if (!more.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(more.size()) - 1);
        shown_.insert(shown_.end(), more.begin(), more.end());
        endInsertRows();
    }
    Q_EMIT shownChanged();
}

void ClipTableModel::rowsChanged(const std::vector<int>&)
{
    repaint();
    if (!filter_.isEmpty() || order_.column)
        later_.start(0);
}

// ---- as a table ---------------------------------------------------------------------------------------------------------

const ClipRow* ClipTableModel::row(int position) const
{
    if (position < 0 || position >= rowCount())
        return nullptr;
    const auto place = workspace_.view().rowOf(shown_[static_cast<std::size_t>(position)]);
    return place ? &workspace_.view().rows[*place] : nullptr;
}

int ClipTableModel::positionOf(ClipId clip) const
{
    const auto found = std::ranges::find(shown_, clip);
    return found == shown_.end() ? -1 : static_cast<int>(found - shown_.begin());
}

QString ClipTableModel::stateText(ClipState state)
{
    switch (state) {
    case ClipState::none: return {};
    case ClipState::skip: return tr("Skipped");
    case ClipState::unsure: return tr("Unsure");
    case ClipState::excluded: return tr("Excluded");
    }
    return {};
}

QString ClipTableModel::splitText(const std::string& name)
{
    if (name == "train")
        return tr("Train", "split");
    if (name == "validation")
        return tr("Validation", "split");
    if (name == "test")
        return tr("Test", "split");
    return shown(name);
}

QString ClipTableModel::text(const ClipRow& row, ClipColumn column) const
{
    const ProjectView& view = workspace_.view();
    const bool isPredicted = row.prediction >= 0 && static_cast<std::size_t>(row.prediction) < view.predictionLabels.size();
    switch (column) {
    case ClipColumn::wave: return {};
    case ClipColumn::name: return fileName(row.name);
    case ClipColumn::label: return shown(view.labelName(row));
    case ClipColumn::split:
        return row.split >= 0 && static_cast<std::size_t>(row.split) < view.splits.size() ? splitText(view.splits[static_cast<std::size_t>(row.split)].name) : QString();
    case ClipColumn::length: return durationText(row.duration);
    case ClipColumn::group: return shown(row.group);
    case ClipColumn::state: return stateText(row.state);
    case ClipColumn::prediction: return isPredicted ? shown(view.predictionLabels[static_cast<std::size_t>(row.prediction)]) : QString();
    case ClipColumn::confidence: return isPredicted ? percentText(row.confidence) : QString();
    }
    return {};
}

QString ClipTableModel::tip(const ClipRow& row, ClipColumn column) const
{
    switch (column) {
    case ClipColumn::wave: return {};
    case ClipColumn::name: return shown(row.name);
    default: return text(row, column);
    }
}

QVariant ClipTableModel::data(const QModelIndex& index, int role) const
{
    const ClipRow* found = row(index);
    if (!found)
        return {};
    const auto column = static_cast<ClipColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: return text(*found, column);
    case Qt::ToolTipRole: return tip(*found, column);
    case Qt::AccessibleTextRole: return column == ClipColumn::wave ? text(*found, ClipColumn::name) : text(*found, column);
    case Qt::TextAlignmentRole:
        if (column == ClipColumn::length || column == ClipColumn::confidence)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant ClipTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= clipColumns)
        return {};
    const auto column = static_cast<ClipColumn>(section);
    if (role == Qt::TextAlignmentRole && (column == ClipColumn::length || column == ClipColumn::confidence))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case ClipColumn::wave: return tr("Sound");
    case ClipColumn::name: return tr("Name");
    case ClipColumn::label: return tr("Label");
    case ClipColumn::split: return tr("Split");
    case ClipColumn::length: return tr("Length");
    case ClipColumn::group: return tr("Group");
    case ClipColumn::state: return tr("State");
    case ClipColumn::prediction: return tr("Prediction");
    case ClipColumn::confidence: return tr("Confidence");
    }
    return {};
}

} // namespace earmark
