// The models that a person may want to use: finished runs of the open project, newest first, then folders used before. Thread: the window's.
#pragma once

#include <QAbstractListModel>

#include <optional>
#include <string>
#include <vector>

#include "ui/models/workspace.h"

namespace earmark
{

struct ModelChoice {
    QString title;
    std::string folder;
    std::optional<std::int64_t> run; ///< of the open project
};

class ModelChoices : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit ModelChoices(Workspace& workspace, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    const std::vector<ModelChoice>& choices() const { return choices_; }
    /// Puts a folder among those used before and returns its row.
    int addFolder(const QString& folder);

private:
    void renew();

    Workspace& workspace_;
    std::vector<ModelChoice> choices_;
};

} // namespace earmark
