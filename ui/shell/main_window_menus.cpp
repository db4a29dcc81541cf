#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

#include "engine/bridge/export_session.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/help_window.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/dialogs/split_dialog.h"
#include "ui/models/remark_text.h"
#include "ui/models/text.h"
#include "ui/models/undo_text.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_files.h"
#include "ui/widgets/theme.h"

namespace earmark
{

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    makeViewMenu();
    makeHelpMenu();
    connect(&workspace_.project(), &ProjectSession::undoChanged, this, &MainWindow::showUndo);
    connect(&workspace_.project(), &ProjectSession::opened, this, &MainWindow::showUndo);
    connect(&workspace_.project(), &ProjectSession::closed, this, &MainWindow::showUndo);
    connect(&workspace_.settings(), &Settings::changed, this, &MainWindow::fillRecent);
    fillRecent();
    showUndo();
}

QMenu* MainWindow::addMenu(const QString& title) { return menuBar()->addMenu(title); }

QAction* MainWindow::addAction(QMenu& menu, const char* name, const QString& text, const QKeySequence& keys, std::function<void()> act, const char* icon)
{
    auto* action = new QAction(text, &menu);
    action->setObjectName(name);
    action->setShortcut(keys);
    if (icon)
        action->setIcon(Theme::instance().icon(icon));
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    menu.addAction(action);
    return action;
}

void MainWindow::makeFileMenu()
{
    QMenu& menu = *addMenu(tr("&File"));
    addAction(menu, "newProject", tr("&New project…"), QKeySequence::New, [this] { files_->askNew(); }, "add");
    addAction(menu, "openProject", tr("&Open…"), QKeySequence::Open, [this] { files_->askOpen(); }, "folder");
    recent_ = menu.addMenu(tr("Open &recent"));
    recent_->setObjectName("recentProjects");
    addAction(menu, "saveCopy", tr("&Save a copy…"), QKeySequence(tr("Ctrl+Shift+S")), [this] { files_->askSaveCopy(); }, "save");
    addAction(menu, "demoProject", tr("&Demo project"), {}, [this] { files_->makeDemo(); }, "demo");
    menu.addSeparator();
    addAction(menu, "importFiles", tr("&Import files…"), QKeySequence(tr("Ctrl+I")), [this] { files_->askImportFiles(); }, "import");
    addAction(menu, "importFolder", tr("Import a &folder…"), QKeySequence(tr("Ctrl+Shift+I")), [this] { files_->askImportFolder(); }, "folder");
    addAction(menu, "export", tr("&Export…"), QKeySequence(tr("Ctrl+E")), [this] { askExport(); }, "export");
    menu.addSeparator();
    addAction(menu, "closeProject", tr("&Close the project"), QKeySequence::Close, [this] { files_->close(); });
    addAction(menu, "quit", tr("&Quit"), QKeySequence(tr("Ctrl+Q")), [this] { close(); }, "quit");
}

void MainWindow::makeEditMenu()
{
    QMenu& menu = *addMenu(tr("&Edit"));
    addAction(menu, "undo", tr("Undo"), QKeySequence::Undo, [this] { workspace_.project().undo(); }, "undo");
    addAction(menu, "redo", tr("Redo"), QKeySequence::Redo, [this] { workspace_.project().redo(); }, "redo");
    menu.addSeparator();
    addAction(menu, "divide", tr("&Divide the clips…"), QKeySequence(tr("Ctrl+D")), [this] { askDivide(); }, "split");
    menu.addSeparator();
    addAction(menu, "settings", tr("&Settings…"), QKeySequence(tr("Ctrl+,")), [this] { showSettings(); }, "settings");
}

void MainWindow::makeViewMenu()
{
    QMenu& menu = *addMenu(tr("&View"));
    const std::pair<const char*, QString> pages[] = {{"data", tr("&Data")}, {"label", tr("&Label")}, {"train", tr("&Train")}, {"test", tr("T&est")}, {"predict", tr("&Predict")}};
    for (int i = 0; i < 5; ++i)
        addAction(menu, pages[i].first, pages[i].second, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)),
                  [this, i] { showPage(static_cast<Workspace::PageId>(i)); }, pages[i].first)
            ->setObjectName(QString("view_") + pages[i].first);
    menu.addSeparator();
    QMenu& colours = *menu.addMenu(tr("&Colours"));
    auto* group = new QActionGroup(this);
    const std::pair<const char*, QString> themes[] = {{"system", tr("As the &system")}, {"light", tr("&Light")}, {"dark", tr("&Dark")}};
    for (const auto& [name, text] : themes) {
        QAction* action = addAction(colours, name, text, {}, [this, wish = QString(name)] { workspace_.settings().setTheme(wish); });
        action->setObjectName(QString("theme_") + name);
        action->setData(QString(name));
        action->setCheckable(true);
        group->addAction(action);
    }
    connect(&colours, &QMenu::aboutToShow, this, [this, group] {
        for (QAction* action : group->actions())
            action->setChecked(action->data().toString() == workspace_.settings().theme());
    });
    addAction(menu, "fullScreen", tr("&Full screen"), QKeySequence(Qt::Key_F11), [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); }, "fullscreen")->setCheckable(true);
}

void MainWindow::makeHelpMenu()
{
    QMenu& menu = *addMenu(tr("&Help"));
    addAction(menu, "help", tr("&Help"), QKeySequence::HelpContents, [this] { showHelp(); }, "help");
    addAction(menu, "shortcuts", tr("&Shortcuts"), QKeySequence(Qt::Key_Question), [this] { showShortcuts(); }, "keyboard");
    menu.addSeparator();
    addAction(menu, "about", tr("&About Earmark"), {}, [this] { showAbout(); }, "info");
}

// ---- what they show -----------------------------------------------------------------------------------------------------

void MainWindow::fillRecent()
{
    recent_->clear();
    for (const std::string& path : workspace_.settings().recentProjects()) {
        QString text = shown(path);
        QAction* action = recent_->addAction(text.replace('&', "&&"));
        connect(action, &QAction::triggered, this, [this, path] { files_->open(path); });
    }
    recent_->setEnabled(!recent_->isEmpty());
}

void MainWindow::showUndo()
{
    const ProjectView& view = workspace_.view();
    const bool mayEdit = workspace_.project().state() == ProjectSession::State::open && workspace_.project().isWritable();
    const auto show = [&](const char* name, const std::optional<std::string>& what, const QString& plain, const QString& naming) {
        auto* action = findChild<QAction*>(name);
        action->setEnabled(mayEdit && what);
        action->setText(what ? naming.arg(undoText(*what).replace('&', "&&")) : plain);
        action->setIconText(plain); // the sheet of shortcuts
    };
    show("undo", view.undoable, tr("Undo"), tr("Undo: %1"));
    show("redo", view.redoable, tr("Redo"), tr("Redo: %1"));
}

void MainWindow::showWhatIsPossible()
{
    const bool open = workspace_.project().state() == ProjectSession::State::open;
    findChild<QAction*>("closeProject")->setEnabled(open);
    findChild<QAction*>("saveCopy")->setEnabled(open);
    findChild<QAction*>("export")->setEnabled(open);
    findChild<QAction*>("divide")->setEnabled(open && workspace_.project().isWritable());
    findChild<QAction*>("fullScreen")->setChecked(isFullScreen());
    showUndo();
}

// ---- dialogs ------------------------------------------------------------------------------------------------------------

void MainWindow::askExport()
{
    QString suggestion = shown(workspace_.project().path());
    suggestion = suggestion.left(suggestion.lastIndexOf('.')) + tr("-export");
    auto* dialog = new ExportDialog(suggestion, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        auto session = std::make_shared<ExportSession>(workspace_.project(), dialog->options());
        connect(session.get(), &Session::ended, this, [this, made = session.get()] {
            if (made->state() != Session::State::finished)
                return;
            const ExportReport& report = made->report();
            const QString written = tr("%Ln clips written to “%1”.", nullptr, static_cast<int>(report.clips)).arg(shown(made->options().out));
            if (report.remarks.empty())
                workspace_.notify(written);
            else
                tellLeftOut(written, report.remarks);
        });
        workspace_.queue().startNow(session);
    });
    dialog->open();
}

/// What an export left out stays until it is read.
void MainWindow::tellLeftOut(const QString& written, const std::vector<Remark>& remarks)
{
    constexpr std::size_t most = 12;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(remarks.size(), most); ++i)
        lines << remarkText(remarks[i]);
    if (remarks.size() > most)
        lines << tr("and %Ln more", nullptr, static_cast<int>(remarks.size() - most));
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Export"), written, QMessageBox::Close, this);
    box->setObjectName("exportLeftOut");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(lines.join('\n'));
    box->open();
}

void MainWindow::askDivide()
{
    auto* dialog = new SplitDialog(workspace_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showSettings()
{
    auto* dialog = new SettingsDialog(workspace_.settings(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showHelp(const QString& topic)
{
    if (!help_)
        help_ = new HelpWindow(this);
    if (!topic.isEmpty())
        help_->showTopic(topic);
    help_->show();
    help_->raise();
    help_->activateWindow();
}

void MainWindow::showShortcuts()
{
    auto* dialog = new ShortcutsDialog(shortcutsOf(*this), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto* dialog = new AboutDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace earmark
