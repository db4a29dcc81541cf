// Below on the Train page: earlier runs as a table, and in which settings the ticked ones differ. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/run_table_model.h"

class QLabel;
class QPushButton;
class QTableView;
class QTableWidget;

namespace earmark
{

class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    RunsPanel(Workspace& workspace, RunTableModel& runs, QWidget* parent = nullptr);

    std::optional<std::int64_t> selected() const;
    void select(std::int64_t run);

Q_SIGNALS:
    void chosen(std::int64_t run); ///< its row, by the user
    void curvesAsked(std::int64_t run);
    void settingsAsked(std::int64_t run);
    void resumeAsked(const std::string& folder, const std::string& name);

private:
    QWidget* makeBar();
    void showButtons();
    void showDifferences();
    void askDelete();
    void confirmDelete(const Run& run, const Result<std::uint64_t>& bytes);

    Workspace& workspace_;
    RunTableModel& runs_;
    QTableView* table_;
    QTableWidget* differences_;
    bool restoring_ = false; ///< the selection, after the table was made anew
    QLabel* hint_ = nullptr;
    QPushButton* curves_ = nullptr;
    QPushButton* settings_ = nullptr;
    QPushButton* resume_ = nullptr;
    QPushButton* delete_ = nullptr;
};

} // namespace earmark
