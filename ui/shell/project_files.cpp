#include "ui/shell/project_files.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

#include "ui/models/text.h"
#include "ui/shell/demo_session.h"

namespace earmark
{

namespace
{

const QString suffix = QStringLiteral(".earmark");

QString documents()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(folder).exists() ? folder : QDir::homePath();
}

} // namespace

ProjectFiles::ProjectFiles(Workspace& workspace, QWidget* window) : QObject(window), workspace_(workspace), window_(window)
{
    connect(&workspace_.project(), &ProjectSession::opened, this, &ProjectFiles::opened);
    connect(&workspace_.project(), &ProjectSession::openFailed, this, &ProjectFiles::openFailed);
}

QString ProjectFiles::startFolder() const
{
    const std::string& path = workspace_.project().path();
    if (!path.empty())
        return QFileInfo(shown(path)).path();
    return documents();
}

bool ProjectFiles::mayLeave()
{
    if (!workspace_.queue().isBusy())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Jobs are running"), tr("What runs in this project will stop. A training can be resumed later."), QMessageBox::Cancel, window_);
    auto* stop = box.addButton(tr("Stop and go on"), QMessageBox::AcceptRole);
    box.exec();
    if (box.clickedButton() != stop)
        return false;
    workspace_.queue().stopAll();
    return true;
}

/// A name with the suffix; empty where the user thought better of it. `proposed` is without. Nothing is replaced, so nothing is asked of that.
QString ProjectFiles::askNewFile(const QString& title, const QString& proposed)
{
    const QString path = QFileDialog::getSaveFileName(window_, title, proposed + suffix, tr("Earmark projects (*.earmark)"), nullptr, QFileDialog::DontConfirmOverwrite);
    return path.isEmpty() || path.endsWith(suffix) ? path : path + suffix;
}

void ProjectFiles::askNew(const QString& proposed)
{
    const QString path = askNewFile(tr("New project"), proposed.isEmpty() ? startFolder() + '/' + tr("untitled") : proposed);
    if (!path.isEmpty())
        create(bytesOf(path));
}

void ProjectFiles::askSaveCopy()
{
    const QFileInfo own(shown(workspace_.project().path()));
    const QString here = own.path();
    const bool canBeHere = QFileInfo(here).isWritable();
    const QString name = canBeHere ? tr("%1-copy", "name of a file").arg(own.completeBaseName()) : own.completeBaseName();
    const QString path = askNewFile(tr("Save a copy of the project"), (canBeHere ? here : documents()) + '/' + name);
    if (!path.isEmpty())
        saveCopy(bytesOf(path));
}

void ProjectFiles::saveCopy(const std::string& path)
{
    workspace_.project().ask(this, [path](Project& project) { return project.saveCopy(path); }, [this, path](const Result<void>& saved) {
        if (!saved)
            return workspace_.report(saved.error());
        if (!workspace_.project().isWritable())
            return open(path);
        workspace_.notify(tr("Copy saved as “%1”.").arg(fileName(path)));
    });
}

void ProjectFiles::askOpen()
{
    const QString path = QFileDialog::getOpenFileName(window_, tr("Open a project"), startFolder(), tr("Earmark projects (*.earmark)"));
    if (!path.isEmpty())
        open(bytesOf(path));
}

void ProjectFiles::open(const std::string& path)
{
    const ProjectSession& project = workspace_.project();
    const bool isOpenAlready = project.state() == ProjectSession::State::opening ? path == wanted_ : path == project.path() && project.isWritable();
    if (isOpenAlready || !mayLeave())
        return;
    wanted_ = path;
    workspace_.project().open(path);
}

void ProjectFiles::create(const std::string& path)
{
    if (!mayLeave())
        return;
    wanted_ = path;
    workspace_.project().create(path);
}

void ProjectFiles::close()
{
    if (!mayLeave())
        return;
    workspace_.settings().setLastProject({});
    workspace_.project().close();
}

void ProjectFiles::openLast()
{
    const std::string path = workspace_.settings().lastProject();
    if (!path.empty() && QFile::exists(shown(path)))
        open(path);
}

void ProjectFiles::opened()
{
    const std::string& path = workspace_.project().path();
    workspace_.settings().addRecentProject(path);
    workspace_.settings().setLastProject(path);
    if (!waiting_.isEmpty())
        workspace_.importSources(std::exchange(waiting_, {}));
}

void ProjectFiles::openFailed(const Error& error)
{
    waiting_.clear();
    std::optional<Workspace::Remedy> remedy;
    const auto recent = workspace_.settings().recentProjects();
    if (error.code == "io.not_found" && std::ranges::find(recent, wanted_) != recent.end())
        remedy = {tr("Remove from the list"), [this, path = wanted_] { workspace_.settings().removeRecentProject(path); }};
    if (workspace_.settings().lastProject() == wanted_)
        workspace_.settings().setLastProject({});
    workspace_.report(error, remedy);
}

// ---- importing ----------------------------------------------------------------------------------------------------------

void ProjectFiles::take(const QStringList& paths)
{
    QStringList sources;
    QString project;
    for (const QString& path : paths) {
        if (path.endsWith(suffix) && QFileInfo(path).isFile())
            project = path;
        else
            sources.append(path);
    }
    if (!project.isEmpty()) {
        waiting_ = sources;
        return open(bytesOf(project));
    }
    if (!sources.isEmpty())
        importWhenOpen(sources);
}

void ProjectFiles::importWhenOpen(const QStringList& paths)
{
    const ProjectSession::State state = workspace_.project().state();
    if (state == ProjectSession::State::open)
        return workspace_.importSources(paths);
    waiting_ = paths;
    if (state == ProjectSession::State::closed)
        askNew(QFileInfo(paths.first()).isDir() ? QDir(paths.first()).absolutePath() : QString()); // beside the folder, under its name
    if (workspace_.project().state() == ProjectSession::State::closed)
        waiting_.clear(); // thought better of it
}

void ProjectFiles::askImportFiles()
{
    const QStringList files = QFileDialog::getOpenFileNames(window_, tr("Import files"), startFolder(),
                                                            tr("Sounds and tables (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.gsm *.sph *.csv *.tsv *.jsonl);;All files (*)"));
    if (!files.isEmpty())
        importWhenOpen(files);
}

void ProjectFiles::askImportFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(window_, tr("Import a folder"), startFolder());
    if (!folder.isEmpty())
        importWhenOpen({folder});
}

// ---- the demo -----------------------------------------------------------------------------------------------------------

void ProjectFiles::makeDemo()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/earmark/demo";
    const std::string project = bytesOf(folder + "/languages" + suffix);
    if (QFile::exists(shown(project)))
        return open(project);
    for (const auto& job : workspace_.queue().sessions())
        if (qobject_cast<const DemoSession*>(job.get()) && !job->isOver())
            return; // it is being made
    auto session = std::make_shared<DemoSession>(folder);
    connect(session.get(), &Session::ended, this, [this, made = session.get(), project] {
        if (made->state() == Session::State::finished)
            open(project);
    });
    workspace_.queue().startNow(session);
    workspace_.notify(tr("The demo's recordings are being fetched; this takes a moment."));
}

} // namespace earmark
