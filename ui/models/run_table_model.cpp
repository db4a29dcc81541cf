#include "ui/models/run_table_model.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <filesystem>

#include "ui/models/recipe_strings.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

/// Of one that has ended.
double secondsOf(const Run& run)
{
    return static_cast<double>(std::max<std::int64_t>(0, *run.ended - run.started)) / 1e6;
}

/// Hub snapshots end in "models--owner--name/snapshots/COMMIT".
std::optional<QString> hubName(const std::string& folder)
{
    constexpr std::string_view prefix = "/models--";
    const auto at = folder.rfind(prefix);
    const auto end = folder.find("/snapshots/", at == std::string::npos ? 0 : at);
    if (at == std::string::npos || end == std::string::npos)
        return std::nullopt;
    QString name = shown(folder.substr(at + prefix.size(), end - at - prefix.size()));
    return name.replace(name.indexOf("--"), name.contains("--") ? 2 : 0, name.contains("--") ? "/" : "");
}

using AllFacts = std::map<std::int64_t, RunFolderFacts>;

AllFacts readFacts(const std::vector<std::pair<std::int64_t, std::string>>& folders)
{
    AllFacts all;
    for (const auto& [id, folder] : folders) {
        std::error_code ignored;
        RunFolderFacts facts{.exists = std::filesystem::is_directory(folder, ignored), .canResume = canResume(folder)};
        if (const auto history = readRunHistory(folder))
            facts.bestStep = history->bestStep;
        all.emplace(id, facts);
    }
    return all;
}

} // namespace

RunTableModel::RunTableModel(Workspace& workspace, QObject* parent) : QAbstractTableModel(parent), workspace_(workspace)
{
    connect(&workspace.project(), &ProjectSession::runsChanged, this, &RunTableModel::renew);
    renew();
}

void RunTableModel::renew()
{
    beginResetModel();
    order_.clear();
    scores_.clear();
    for (const Run& run : workspace_.view().runs) {
        order_.insert(order_.begin(), run.id);
        if (auto score = scoreOf(run.report))
            scores_.emplace(run.id, std::move(*score));
    }
    const auto before = ticked_.size();
    std::erase_if(ticked_, [this](std::int64_t id) { return rowOf(id) < 0; });
    endResetModel();
    if (ticked_.size() != before)
        Q_EMIT tickedChanged();
    readFolders();
}

void RunTableModel::readFolders()
{
    std::vector<std::pair<std::int64_t, std::string>> folders;
    for (const Run& run : workspace_.view().runs)
        folders.emplace_back(run.id, run.folder);
    if (folders.empty())
        return;
    files_.ask(
        this, [folders = std::move(folders)] { return readFacts(folders); },
        [this](AllFacts facts) {
            facts_ = std::move(facts);
            if (!order_.empty())
                Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountOf - 1));
        });
}

int RunTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(order_.size()); }
int RunTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCountOf; }

const Run* RunTableModel::runById(std::int64_t id) const
{
    const std::vector<Run>& runs = workspace_.view().runs;
    const auto found = std::ranges::find(runs, id, &Run::id);
    return found == runs.end() ? nullptr : &*found;
}

const Run* RunTableModel::run(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : runById(order_[static_cast<std::size_t>(row)]);
}

int RunTableModel::rowOf(std::int64_t id) const
{
    const auto found = std::ranges::find(order_, id);
    return found == order_.end() ? -1 : static_cast<int>(found - order_.begin());
}

std::optional<RunScore> RunTableModel::score(std::int64_t id) const
{
    const auto found = scores_.find(id);
    return found == scores_.end() ? std::nullopt : std::optional(found->second);
}

RunFolderFacts RunTableModel::facts(std::int64_t id) const
{
    const auto found = facts_.find(id);
    return found == facts_.end() ? RunFolderFacts() : found->second;
}

std::vector<std::int64_t> RunTableModel::ticked() const { return ticked_; }

void RunTableModel::untickAll()
{
    ticked_.clear();
    if (!order_.empty())
        Q_EMIT dataChanged(index(0, name), index(rowCount() - 1, name), {Qt::CheckStateRole});
    Q_EMIT tickedChanged();
}

QVariant RunTableModel::text(const Run& run, int column) const
{
    switch (column) {
    case name: return shown(run.name);
    case base: return baseText(run.base);
    case started: return QLocale().toString(QDateTime::fromMSecsSinceEpoch(run.started / 1000), QLocale::ShortFormat);
    case duration: return run.state != "running" && run.ended ? durationText(secondsOf(run)) : QString(); // while it goes on, the panel above counts
    case state: return runStateText(run.state);
    case accuracy: {
        const auto found = score(run.id);
        return found ? scoreText(*found) : QString();
    }
    case bestStep: {
        const std::int64_t step = facts(run.id).bestStep;
        return step > 0 ? QLocale().toString(static_cast<qlonglong>(step)) : QString();
    }
    default: return {};
    }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    const Run* run = index.isValid() ? this->run(index.row()) : nullptr;
    if (!run)
        return {};
    if (role == Qt::DisplayRole || (role == Qt::EditRole && index.column() == name))
        return text(*run, index.column());
    if (role == Qt::CheckStateRole && index.column() == name)
        return std::ranges::find(ticked_, run->id) != ticked_.end() ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::ToolTipRole && index.column() == name)
        return shown(run->folder);
    if (role == Qt::ToolTipRole && index.column() == base)
        return shown(run->base);
    return {};
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const Run* run = index.isValid() ? this->run(index.row()) : nullptr;
    if (!run || index.column() != name)
        return false;
    if (role == Qt::CheckStateRole) {
        std::erase(ticked_, run->id);
        if (value.toInt() == Qt::Checked)
            ticked_.push_back(run->id);
        Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
        Q_EMIT tickedChanged();
        return true;
    }
    const QString text = value.toString().trimmed();
    if (role != Qt::EditRole || text.isEmpty() || text == shown(run->name))
        return false;
    workspace_.project().renameRun(run->id, bytesOf(text));
    return true;
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == accuracy)
        return tr("On the clips it was tested on, with the 95 % interval");
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case name: return tr("Name");
    case base: return tr("Base model");
    case started: return tr("Started");
    case duration: return tr("Duration");
    case state: return tr("State");
    case accuracy: return tr("Accuracy");
    case bestStep: return tr("Best step");
    default: return {};
    }
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() != name)
        return flags;
    flags |= Qt::ItemIsUserCheckable;
    return workspace_.project().isWritable() ? flags | Qt::ItemIsEditable : flags;
}

std::vector<SettingDifference> RunTableModel::differences(const std::vector<std::int64_t>& runs) const
{
    std::vector<Recipe> recipes;
    SettingDifference bases{.title = tr("Base model"), .key = "base"};
    for (const std::int64_t id : runs) {
        const Run* run = runById(id);
        Recipe recipe;
        if (run)
            static_cast<void>(recipe.applyJson(run->settings)); // one that never began has none: the defaults
        recipes.push_back(std::move(recipe));
        bases.values.push_back(run ? baseText(run->base) : QString());
    }
    std::vector<SettingDifference> differences;
    const auto addWhereDifferent = [&](SettingDifference difference) {
        if (std::ranges::adjacent_find(difference.values, std::not_equal_to()) != difference.values.end())
            differences.push_back(std::move(difference));
    };
    addWhereDifferent(std::move(bases));
    for (const Setting& setting : settings()) {
        SettingDifference difference{.title = recipeText(setting.title), .key = shown(std::string(setting.key))};
        for (const Recipe& recipe : recipes)
            difference.values.push_back(shown(recipe.typed(setting.key)));
        addWhereDifferent(std::move(difference));
    }
    return differences;
}

QString runStateText(const std::string& state)
{
    if (state == "running")
        return RunTableModel::tr("Running");
    if (state == "finished")
        return RunTableModel::tr("Finished");
    if (state == "stopped")
        return RunTableModel::tr("Stopped");
    return state == "failed" ? RunTableModel::tr("Failed") : shown(state);
}

QString baseText(const std::string& base)
{
    constexpr std::string_view scratch = "scratch:";
    if (base.starts_with(scratch))
        return shown(base.substr(scratch.size()));
    return hubName(base).value_or(fileName(base));
}

QString scoreText(const RunScore& score)
{
    const QLocale locale;
    const auto percent = [&](double share) { return locale.toString(share * 100, 'f', 1); };
    return RunTableModel::tr("%1 % (%2 – %3)").arg(percent(score.accuracy), percent(score.interval.low), percent(score.interval.high));
}

} // namespace earmark
