#include "ui/models/label_balance.h"

#include <algorithm>
#include <unordered_map>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

constexpr int pause = 100; ///< ms, between two counts while rows change

} // namespace

LabelBalance::LabelBalance(Workspace& workspace, QObject* parent) : QAbstractListModel(parent), workspace_(workspace)
{
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &LabelBalance::count);
    const auto soon = [this] {
        if (!later_.isActive())
            later_.start(pause);
    };
    const ProjectSession& project = workspace.project();
    connect(&project, &ProjectSession::rowsAppended, this, soon);
    connect(&project, &ProjectSession::rowsChanged, this, soon);
    const auto now = [this] { later_.start(0); }; // they come together
    connect(&project, &ProjectSession::rowsReset, this, now);
    connect(&project, &ProjectSession::labelSetChanged, this, now);
    connect(&project, &ProjectSession::opened, this, &LabelBalance::count);
    connect(&project, &ProjectSession::closed, this, &LabelBalance::count);
    count();
}

void LabelBalance::count()
{
    const ProjectView& view = workspace_.view();
    std::vector<Entry> entries{{.kind = Kind::all, .clips = static_cast<int>(view.rows.size())}, {.kind = Kind::none}};
    std::unordered_map<std::int64_t, std::size_t> places;
    for (const LabelClass& label : view.labels) {
        places.emplace(label.id, entries.size());
        entries.push_back({.kind = Kind::label, .label = label});
    }
    for (const ClipRow& row : view.rows) {
        if (row.labels.empty())
            ++entries[1].clips;
        for (const std::int64_t label : row.labels)
            if (const auto place = places.find(label); place != places.end())
                ++entries[place->second].clips;
    }
    most_ = 0;
    for (std::size_t i = 1; i < entries.size(); ++i)
        most_ = std::max(most_, entries[i].clips);
    if (entries.size() == entries_.size()) { // what is selected stays so
        entries_ = std::move(entries);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    entries_ = std::move(entries);
    endResetModel();
}

int LabelBalance::positionOf(std::optional<std::int64_t> label) const
{
    if (!label)
        return 0;
    if (*label == 0)
        return 1;
    const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.kind == Kind::label && entry.label.id == *label; });
    return found == entries_.end() ? -1 : static_cast<int>(found - entries_.begin());
}

std::optional<std::int64_t> LabelBalance::labelAt(int position) const
{
    if (position <= 0 || position >= rowCount())
        return std::nullopt;
    const Entry& entry = entries_[static_cast<std::size_t>(position)];
    return entry.kind == Kind::none ? 0 : entry.label.id;
}

QString LabelBalance::name(const Entry& entry) const
{
    switch (entry.kind) {
    case Kind::all: return tr("All clips");
    case Kind::none: return tr("Without a label");
    case Kind::label: return shown(entry.label.name);
    }
    return {};
}

QVariant LabelBalance::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry& entry = entries_[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return name(entry);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return tr("%1: %Ln clip(s)", "a label", entry.clips).arg(name(entry));
    return {};
}

} // namespace earmark
