// The window: the rail with the five pages, errors above the page in the middle, the player at the foot, the menus. Thread: the window's.
#pragma once

#include <QMainWindow>

#include "ui/models/error_text.h"
#include "ui/models/workspace.h"

class QMenu;
class QStackedWidget;

namespace earmark
{

class ErrorBar;
class HelpWindow;
class Note;
class Page;
class ProjectFiles;
class Rail;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Workspace& workspace, QWidget* parent = nullptr);

    void showPage(Workspace::PageId page);
    ProjectFiles& files() { return *files_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void addPage(Page* page);
    void listen();
    void takeHeightOfPage();
    void showWelcome();
    void projectOpened();
    void showTitle();
    void report(const Error& error, std::optional<Workspace::Remedy> remedy);
    std::optional<Workspace::Remedy> remedyFor(const Error& error);
    void act(Cure cure);
    bool mayClose();
    void restorePlace();

    // main_window_menus.cpp
    void makeMenus();
    QMenu* addMenu(const QString& title);
    QAction* addAction(QMenu& menu, const char* name, const QString& text, const QKeySequence& keys, std::function<void()> act, const char* icon = nullptr);
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void fillRecent();
    void showUndo();
    void showWhatIsPossible(); ///< which actions fit the state of the project
    void askExport();
    void tellLeftOut(const QString& written, const std::vector<Remark>& remarks);
    void askDivide();
    void showSettings();
    void showHelp(const QString& topic = {});
    void showShortcuts();
    void showAbout();

    Workspace& workspace_;
    Rail* rail_;
    QStackedWidget* pages_; ///< the five, and the welcome
    ErrorBar* errors_;
    QWidget* player_;
    Note* note_;
    ProjectFiles* files_;
    QMenu* recent_ = nullptr;
    HelpWindow* help_ = nullptr;
    bool closing_ = false; ///< the user has agreed; jobs are stopping
};

} // namespace earmark
