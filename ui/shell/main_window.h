// The window: the rail with the five pages, the page in the middle, the player at the foot. Thread: the window's.
#pragma once

#include <QMainWindow>

#include "ui/models/workspace.h"

class QStackedWidget;
class QButtonGroup;

namespace earmark
{

class Page;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Workspace& workspace, QWidget* parent = nullptr);

    void showPage(Workspace::PageId page);

private:
    void addPage(const QString& title, const QString& icon, Page* page);

    Workspace& workspace_;
    QStackedWidget* pages_;
    QButtonGroup* rail_;
    QWidget* railWidget_;
};

} // namespace earmark
