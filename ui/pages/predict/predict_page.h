// Files in, labels out: drop, choose or record sounds, and see what a model hears in them. Thread: the window's.
#pragma once

#include "ui/models/background.h"
#include "ui/models/prediction_table.h"
#include "ui/pages/page.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace earmark
{

class ModelChoices;
class PredictSession;
class PredictionPanel;

class PredictPage : public Page
{
    Q_OBJECT

public:
    explicit PredictPage(Workspace& workspace, QWidget* parent = nullptr);
    ~PredictPage() override;

    void addPaths(const QStringList& paths); ///< files or folders to be heard

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeTopBar();
    QWidget* makeEmptyState();
    QWidget* makeContent();
    QWidget* makeFoot();
    void connectRecorder();

    void chooseFiles();
    void chooseFolder();
    void chooseModelFolder();
    void addUnlabelledClips();
    void chooseFirst(); ///< so that there is something to see
    void removeSelected();
    void listenAnew(); ///< another model, or another way of listening
    void predict();    ///< what waits, where a model is chosen and none listens yet
    void stopListening();
    void showCurrent();
    void saveTable();
    void takeOver();
    void updateState();
    ClassifyRequest request() const;

    PredictionTable* table_;
    ModelChoices* models_;
    std::shared_ptr<PredictSession> session_;
    Background files_; ///< where tables are written

    QComboBox* model_;
    QComboBox* listening_;
    QDoubleSpinBox* window_;
    QPushButton* record_;
    QStackedWidget* stack_;
    QTableView* view_;
    PredictionPanel* panel_;
    QLabel* state_;
    QProgressBar* progress_;
    QPushButton* stop_;
    QPushButton* save_;
    QPushButton* take_;
    QPushButton* unlabelled_;
};

} // namespace earmark
