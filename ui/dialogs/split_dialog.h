// How to divide the clips into training, validation and test: sizes, what stays together, and what would come of it, reckoned on a thread as the choices
// are made. Nothing changes until it is accepted; then the project is divided, in one step of undo. Thread: the window's.
#pragma once

#include <QDialog>

#include <memory>

#include "engine/dataset/split.h"
#include "ui/models/latest_job.h"
#include "ui/models/split_shares.h"
#include "ui/models/workspace.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QTreeWidget;
class QVBoxLayout;

namespace earmark
{

class SplitBar;
class WarningCard;

class SplitDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SplitDialog(Workspace& workspace, QWidget* parent = nullptr);

    SplitOptions options() const;
    void accept() override;

private:
    QLayout* makeShares();
    void makeForm(QFormLayout& form);
    void addAdvanced(QFormLayout& form);
    void makeTable();
    void fillGroups();
    void takeShares();
    void setShares(SplitShares::Part part, int percent);
    void keepRecordings();
    void read();
    void plan();
    void showPlan(const Result<SplitPlan>& plan);
    void showError(const QString& sentence);
    void showTable(const SplitPlan& plan);
    void say(const QString& sentence, const char* manner);

    Workspace& workspace_;
    SplitShares shares_;
    SplitBar* bar_;
    std::array<QSpinBox*, 3> sizes_ = {};
    QComboBox* group_;
    QCheckBox* stratify_;
    QSpinBox* seed_;
    QComboBox* method_;
    WarningCard* leak_;
    QLabel* said_; ///< that all is well, or what is wrong
    QLabel* notes_;
    QTreeWidget* table_;
    QPushButton* divide_;
    std::shared_ptr<const SplitClips> clips_; ///< once they are read
    LatestJob job_;
};

} // namespace earmark
