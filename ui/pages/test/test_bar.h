// The head of the Test page: which model, on what, the button that tests, how far it is, and saving the report. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/model_test.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace earmark
{

class TestBar : public QWidget
{
    Q_OBJECT

public:
    TestBar(Workspace& workspace, ModelTest& test, QWidget* parent = nullptr);

    void chooseModelFolder(); ///< asks for one
    /// A model folder, or clips from outside, without asking.
    void useModelFolder(const std::string& folder);
    void useOutside(const std::string& path);

Q_SIGNALS:
    void saveAsked(const QString& suffix); ///< "html", "pdf", "csv"

private:
    void makeRow();
    QToolButton* makeSave();
    void fillModels();
    void fillData();
    void modelActivated(int index);
    void dataActivated(int index);
    void chooseOutsideFolder();
    void chooseOutsideProject();
    void showState();
    void showProgress();

    Workspace& workspace_;
    ModelTest& test_;
    QComboBox* models_;
    QComboBox* data_;
    QPushButton* start_;
    QPushButton* stop_;
    QProgressBar* progress_;
    QLabel* progressText_;
    QToolButton* save_;
    std::vector<ModelTest::Model> folders_; ///< model folders that were chosen
    std::vector<ModelTest::Data> outside_;
};

} // namespace earmark
