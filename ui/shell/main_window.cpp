#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "engine/bridge/picture_store.h"
#include "engine/bridge/train_session.h"
#include "ui/dialogs/error_bar.h"
#include "ui/models/dropped_files.h"
#include "ui/models/text.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/label/label_page.h"
#include "ui/pages/predict/predict_page.h"
#include "ui/pages/test/test_page.h"
#include "ui/pages/train/train_page.h"
#include "ui/shell/job_text.h"
#include "ui/shell/note.h"
#include "ui/shell/notices.h"
#include "ui/shell/project_files.h"
#include "ui/shell/rail.h"
#include "ui/shell/welcome.h"
#include "ui/widgets/player_bar.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr QSize firstSize(1280, 720);
constexpr int titleBarHeight = 40; ///< of most desktops, at most

} // namespace

MainWindow::MainWindow(Workspace& workspace, QWidget* parent)
    : QMainWindow(parent), workspace_(workspace), rail_(new Rail(workspace)), pages_(new QStackedWidget), errors_(new ErrorBar), player_(new PlayerBar(workspace)),
      note_(new Note(pages_)), files_(new ProjectFiles(workspace, this))
{
    setWindowIcon(QIcon(":/icons/earmark.svg"));
    setAcceptDrops(true);
    pages_->setObjectName("pages");
    addPage(new DataPage(workspace));
    addPage(new LabelPage(workspace));
    addPage(new TrainPage(workspace));
    addPage(new TestPage(workspace));
    addPage(new PredictPage(workspace));
    auto* welcome = new Welcome(workspace.settings());
    pages_->addWidget(welcome);
    connect(welcome, &Welcome::newAsked, files_, [this] { files_->askNew(); });
    connect(welcome, &Welcome::openAsked, files_, &ProjectFiles::askOpen);
    connect(welcome, &Welcome::demoAsked, files_, &ProjectFiles::makeDemo);
    connect(welcome, &Welcome::recentAsked, files_, &ProjectFiles::open);

    connect(pages_, &QStackedWidget::currentChanged, this, &MainWindow::takeHeightOfPage);
    takeHeightOfPage();

    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(errors_);
    column->addWidget(pages_, 1);
    column->addWidget(player_);
    auto* central = new QWidget;
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(rail_);
    row->addLayout(column, 1);
    setCentralWidget(central);

    makeMenus();
    listen();
    new DesktopNotices(workspace.queue(), this);
    new SleepGuard(workspace.queue(), this);
    restorePlace();
    if (workspace.project().state() == ProjectSession::State::open)
        projectOpened();
    else
        showWelcome();
}

void MainWindow::addPage(Page* page)
{
    static const QString titles[] = {tr("Data"), tr("Label"), tr("Train"), tr("Test"), tr("Predict")};
    page->setAccessibleName(titles[pages_->count()]);
    pages_->addWidget(page);
}

void MainWindow::listen()
{
    connect(rail_, &Rail::chosen, this, &MainWindow::showPage);
    connect(&workspace_, &Workspace::pageAsked, this, &MainWindow::showPage);
    connect(&workspace_, &Workspace::errorReported, this, &MainWindow::report);
    connect(&workspace_, &Workspace::notified, note_, &Note::tell);
    ProjectSession& project = workspace_.project();
    connect(&project, &ProjectSession::opened, this, &MainWindow::projectOpened);
    connect(&project, &ProjectSession::closed, this, &MainWindow::showWelcome);
    connect(&project, &ProjectSession::openFailed, this, [this] {
        if (workspace_.project().state() == ProjectSession::State::closed)
            showWelcome(); // the one before is closed
    });
    SessionQueue& queue = workspace_.queue();
    connect(&queue, &SessionQueue::ended, this, [this](const Session* job) {
        const bool pageTells = qobject_cast<const TrainSession*>(job); // with a remedy of its own
        if (job->state() == Session::State::failed && job->error() && !pageTells)
            workspace_.report(*job->error());
    });
    connect(&queue, &SessionQueue::changed, this, [this] {
        if (closing_ && !workspace_.queue().isBusy())
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    });
    connect(&workspace_.settings(), &Settings::changed, this, [this](const QString& key) {
        const QString wish = workspace_.settings().theme();
        if (key == "theme")
            Theme::instance().apply(wish == "dark" ? Theme::Choice::dark : wish == "light" ? Theme::Choice::light : Theme::Choice::system);
        if (key == "cacheLimit")
            PictureStore::user().setLimit(static_cast<std::uint64_t>(workspace_.settings().cacheLimit()));
    });
}

// ---- pages --------------------------------------------------------------------------------------------------------------

void MainWindow::showPage(Workspace::PageId page)
{
    if (page == Workspace::PageId::data && workspace_.project().state() == ProjectSession::State::closed) {
        showWelcome(); // where a project is opened or made
        return rail_->setCurrent(page);
    }
    pages_->setCurrentIndex(static_cast<int>(page));
    rail_->setCurrent(page);
    player_->show();
    static_cast<Page*>(pages_->currentWidget())->entered();
}

/// The page that is seen says how low the window can be, not the highest one: an error above it needs room on a small screen.
void MainWindow::takeHeightOfPage()
{
    for (int i = 0; i < pages_->count(); ++i)
        pages_->widget(i)->setSizePolicy(QSizePolicy::Preferred, i == pages_->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored);
}

void MainWindow::showWelcome()
{
    pages_->setCurrentIndex(pages_->count() - 1);
    rail_->setCurrent(std::nullopt);
    player_->hide(); // there is nothing to play
    pages_->currentWidget()->setFocus();
    showTitle();
    showWhatIsPossible();
}

void MainWindow::projectOpened()
{
    showTitle();
    showWhatIsPossible();
    if (const auto& why = workspace_.project().whyReadOnly())
        workspace_.report(*why);
    if (pages_->currentIndex() == pages_->count() - 1)
        showPage(Workspace::PageId::data);
}

void MainWindow::showTitle()
{
    const ProjectSession& project = workspace_.project();
    if (project.state() != ProjectSession::State::open)
        return setWindowTitle(tr("Earmark"));
    const QString name = fileName(project.path());
    if (project.isWritable())
        return setWindowTitle(tr("%1 — Earmark").arg(name));
    const auto& why = project.whyReadOnly();
    const auto holder = why ? why->parameters.find("holder") : decltype(why->parameters.find("holder")){};
    if (why && holder != why->parameters.end())
        setWindowTitle(tr("%1 [read-only: open in %2] — Earmark").arg(name, shown(holder->second)));
    else
        setWindowTitle(tr("%1 [read-only] — Earmark").arg(name));
}

// ---- errors -------------------------------------------------------------------------------------------------------------

void MainWindow::report(const Error& error, std::optional<Workspace::Remedy> remedy)
{
    errors_->add(error, remedy ? remedy : remedyFor(error));
}

std::optional<Workspace::Remedy> MainWindow::remedyFor(const Error& error)
{
    const Cure cure = cureOf(error.code);
    if (cure == Cure::none || (cure == Cure::useProcessor && workspace_.settings().device() == "cpu"))
        return std::nullopt;
    if (cure == Cure::saveCopy && workspace_.project().state() != ProjectSession::State::open)
        return std::nullopt; // it could not even be read
    return Workspace::Remedy{cureText(cure), [this, cure] { act(cure); }};
}

void MainWindow::act(Cure cure)
{
    switch (cure) {
    case Cure::openAgain: return workspace_.project().path().empty() ? files_->openLast() : files_->open(workspace_.project().path());
    case Cure::saveCopy: return files_->askSaveCopy();
    case Cure::importOther: return files_->askImportFiles();
    case Cure::showData: return showPage(Workspace::PageId::data);
    case Cure::showLabel: return showPage(Workspace::PageId::label);
    case Cure::showTrain: return showPage(Workspace::PageId::train);
    case Cure::useProcessor: return workspace_.settings().setDevice("cpu");
    case Cure::freeCache: return showSettings();
    case Cure::help: return showHelp("files");
    case Cure::none: return;
    }
}

// ---- dropping -----------------------------------------------------------------------------------------------------------

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPaths(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    // Not within the drop: a dialog may open, and the program that the files come from waits for us.
    QMetaObject::invokeMethod(this, [this, paths = droppedPaths(*event->mimeData())] { files_->take(paths); }, Qt::QueuedConnection);
}

// ---- the end ------------------------------------------------------------------------------------------------------------

bool MainWindow::mayClose()
{
    QString sentence = tr("What runs now will stop.");
    for (const auto& job : workspace_.queue().sessions())
        if (job->kind() == Session::Kind::train && !job->isOver())
            sentence = tr("Training will stop; it can be resumed.");
    QMessageBox box(QMessageBox::Question, tr("Close Earmark?"), sentence, QMessageBox::Cancel, this);
    box.setObjectName("closeQuestion");
    auto* close = box.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    box.exec();
    return box.clickedButton() == close;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (workspace_.queue().isBusy()) {
        event->ignore();
        if (closing_ || !mayClose())
            return;
        closing_ = true;
        if (!workspace_.queue().isBusy()) { // it ended while we asked
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
            return;
        }
        workspace_.notify(tr("Stopping what runs; the window closes by itself."));
        workspace_.queue().stopAll();
        return;
    }
    workspace_.transport().pause();
    workspace_.settings().setValue("windowGeometry", saveGeometry());
    event->accept();
}

void MainWindow::restorePlace()
{
    if (!restoreGeometry(workspace_.settings().value("windowGeometry").toByteArray()))
        resize(firstSize);
    const QSize room = screen()->availableSize() - QSize(0, titleBarHeight);
    if (width() > room.width() || height() > room.height())
        setWindowState(windowState() | Qt::WindowMaximized); // with a frame around it, its foot would be below the screen
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        showWhatIsPossible();
}

} // namespace earmark
