// The runs of the open project, newest first: one row each, a tick to compare it, a name that can be edited in place. Thread: the window's.
#pragma once

#include <QAbstractTableModel>

#include <map>
#include <optional>
#include <vector>

#include "engine/dataset/run_history.h"
#include "ui/models/background.h"
#include "ui/models/workspace.h"

namespace earmark
{

/// What is read from a run's folder, on a worker.
struct RunFolderFacts {
    bool exists = false;
    bool canResume = false;
    std::int64_t bestStep = 0;
};

/// A setting in which runs differ; "base" for the model they started from.
struct SettingDifference {
    QString title;
    QString key; ///< Hugging Face's name
    std::vector<QString> values;
};

class RunTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { name, base, started, duration, state, accuracy, bestStep, columnCountOf };

    explicit RunTableModel(Workspace& workspace, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    const Run* run(int row) const;
    const Run* runById(std::int64_t id) const;
    int rowOf(std::int64_t id) const;
    std::optional<RunScore> score(std::int64_t id) const;
    RunFolderFacts facts(std::int64_t id) const;
    std::vector<std::int64_t> ticked() const; ///< in the order in which they were ticked
    void untickAll();

    /// Settings whose values are not the same in all of these runs.
    std::vector<SettingDifference> differences(const std::vector<std::int64_t>& runs) const;

Q_SIGNALS:
    void tickedChanged();

private:
    void renew();
    void readFolders();
    QVariant text(const Run& run, int column) const;

    Workspace& workspace_;
    std::vector<std::int64_t> order_; ///< ids, newest first
    std::map<std::int64_t, RunScore> scores_;
    std::map<std::int64_t, RunFolderFacts> facts_;
    std::vector<std::int64_t> ticked_;
    Background files_;
};

/// "Finished", "Running" …
QString runStateText(const std::string& state);
/// "scratch:ast-tiny" → "ast-tiny", a folder → its name; "owner/name" stays.
QString baseText(const std::string& base);
/// "93.4 % (88.1 – 96.2 %)".
QString scoreText(const RunScore& score);

} // namespace earmark
