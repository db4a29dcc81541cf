// The rail at the left: the five pages, what runs, and what computes it. Thread: the window's.
#pragma once

#include <QWidget>

#include <optional>

#include "ui/models/workspace.h"

class QButtonGroup;
class QLabel;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace earmark
{

class JobList;

class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(Workspace& workspace, QWidget* parent = nullptr);

    void setCurrent(std::optional<Workspace::PageId> page);

Q_SIGNALS:
    void chosen(earmark::Workspace::PageId page);

private:
    void addPage(const char* name, const QString& title, Workspace::PageId page);
    void addJobs();
    void showJobs();
    void showDevice();
    const Session* foremostJob() const; ///< that runs, or waits; nothing where all are over

    Workspace& workspace_;
    QVBoxLayout* column_;
    QButtonGroup* pages_;
    QWidget* jobs_;
    QToolButton* jobButton_;
    QLabel* timeLeft_;
    QProgressBar* progress_;
    JobList* list_;
    QLabel* device_;
};

} // namespace earmark
