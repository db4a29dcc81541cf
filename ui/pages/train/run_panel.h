// The right of the Train page: the run that goes on, or one that is over. It holds no state of the run: that is the session's, or its folder's.
// Thread: the window's.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

#include "engine/bridge/train_session.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/train/run_curves.h"

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace earmark
{

class RunPanel : public QWidget
{
    Q_OBJECT

public:
    RunPanel(Workspace& workspace, RunTableModel& runs, QWidget* parent = nullptr);

    /// A run of this window: waiting, going on or over.
    void watch(std::shared_ptr<TrainSession> session);
    const std::shared_ptr<TrainSession>& session() const { return session_; }
    /// An earlier run: its curves come from its folder. `total` steps where known.
    void showRun(const Run& run, const TrainingCurves& curves, std::int64_t total);
    void compare(const std::vector<NamedCurves>& runs);
    bool isComparing() const { return compared_ > 0; }
    RunCurves* curves() const { return curves_; }

Q_SIGNALS:
    void resumeAsked(const std::string& folder, const std::string& name);
    void testAsked(std::optional<std::int64_t> run);
    void useAsked(std::optional<std::int64_t> run);

private:
    QWidget* makeEmpty();
    QWidget* makeHead();
    QWidget* makeRemarks();
    void refresh();
    void showSession();
    void showStored();
    void showButtons(bool going, bool resumable, bool usable);
    QString queueText() const;
    QString goingText() const;
    void tellResult(const std::optional<RunScore>& score);
    void addRemark(const Remark& remark);
    void clearRemarks();

    Workspace& workspace_;
    RunTableModel& runs_;
    std::shared_ptr<TrainSession> session_;
    std::optional<std::int64_t> stored_; ///< the earlier run that is shown
    std::size_t compared_ = 0;
    QTimer soon_;
    QStackedWidget* stack_;
    QLabel* name_ = nullptr;
    QLabel* state_ = nullptr;
    QLabel* result_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* pause_ = nullptr;
    QPushButton* stop_ = nullptr;
    QPushButton* resume_ = nullptr;
    QPushButton* test_ = nullptr;
    QPushButton* use_ = nullptr;
    QPushButton* remarksButton_ = nullptr;
    QPlainTextEdit* remarks_ = nullptr;
    int remarkCount_ = 0;
    RunCurves* curves_;
};

} // namespace earmark
