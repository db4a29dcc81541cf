#include "ui/models/model_choices.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

constexpr auto settingsKey = "models/folders";
constexpr int remembered = 8;

std::string absoluteFolder(const Run& run, const std::string& project)
{
    const QDir beside(QFileInfo(shown(project)).absolutePath());
    return run.folder.starts_with('/') ? run.folder : bytesOf(beside.absoluteFilePath(shown(run.folder)));
}

} // namespace

ModelChoices::ModelChoices(Workspace& workspace, QObject* parent) : QAbstractListModel(parent), workspace_(workspace)
{
    connect(&workspace.project(), &ProjectSession::runsChanged, this, &ModelChoices::renew);
    renew();
}

int ModelChoices::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(choices_.size()); }

QVariant ModelChoices::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ModelChoice& choice = choices_[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return choice.title;
    return role == Qt::ToolTipRole ? QVariant(shown(choice.folder)) : QVariant();
}

int ModelChoices::addFolder(const QString& folder)
{
    QStringList folders = workspace_.settings().value(settingsKey).toStringList();
    folders.removeAll(folder);
    folders.prepend(folder);
    workspace_.settings().setValue(settingsKey, QStringList(folders.mid(0, remembered)));
    renew();
    const auto found = std::ranges::find(choices_, bytesOf(folder), &ModelChoice::folder);
    return static_cast<int>(found - choices_.begin());
}

void ModelChoices::renew()
{
    beginResetModel();
    choices_.clear();
    const std::vector<Run>& runs = workspace_.view().runs;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (run->state == "finished")
            choices_.push_back({shown(run->name), absoluteFolder(*run, workspace_.project().path()), run->id});
    for (const QString& folder : workspace_.settings().value(settingsKey).toStringList())
        if (std::ranges::find(choices_, bytesOf(folder), &ModelChoice::folder) == choices_.end())
            choices_.push_back({QDir(folder).dirName(), bytesOf(folder), std::nullopt});
    endResetModel();
}

} // namespace earmark
