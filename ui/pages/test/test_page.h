// The Test page: a model against clips with labels. Headline and views on the left, beside them the clips that a click in any view led to; what is
// selected there is in the player, and the labels' keys correct it. Thread: the window's.
#pragma once

#include <memory>
#include <vector>

#include "engine/bridge/mailbox.h"
#include "ui/models/model_test.h"
#include "ui/pages/page.h"
#include "ui/pages/test/report_document.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QThread;

namespace earmark
{

class ClipList;
class ConfidenceView;
class Headline;
class LabelsView;
class MapView;
class MatrixView;
class TestBar;

class TestPage : public Page
{
    Q_OBJECT

public:
    explicit TestPage(Workspace& workspace, QWidget* parent = nullptr);
    ~TestPage() override;

    ModelTest& test() { return test_; }
    TestBar& bar() { return *bar_; }
    /// Writes it on a worker, then says so, or what went wrong.
    void save(const QString& path, const QString& suffix);

Q_SIGNALS:
    void saved(const QString& path);

private:
    QWidget* makeWork();
    QWidget* makeEmpty();
    void connectAll();
    void showResult();
    void showEmpty();
    void actOnEmpty();
    void relabel(const LabelClass& label, bool further);
    void askWhereToSave(const QString& suffix);
    ReportPictures pictures() const;

    ModelTest test_;
    std::shared_ptr<const TestResult> result_;
    TestBar* bar_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    Headline* headline_ = nullptr;
    QTabWidget* tabs_ = nullptr;
    MatrixView* matrix_ = nullptr;
    LabelsView* labels_ = nullptr;
    ConfidenceView* confidence_ = nullptr;
    MapView* map_ = nullptr;
    ClipList* clips_ = nullptr;
    QLabel* emptyTitle_ = nullptr;
    QLabel* emptyText_ = nullptr;
    QPushButton* emptyButton_ = nullptr;
    QPushButton* chooseFolder_ = nullptr;
    Mailbox mailbox_;
    std::vector<std::unique_ptr<QThread>> writers_; ///< of reports; waited for at the end
};

} // namespace earmark
