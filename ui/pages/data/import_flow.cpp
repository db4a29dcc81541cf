#include "ui/pages/data/import_flow.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include "engine/bridge/import_session.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/import_report_dialog.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

/// Where no file is yet.
QString freePath(const QString& folder, const QString& name)
{
    QString path = folder + '/' + name + ".earmark";
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = QString("%1/%2-%3.earmark").arg(folder, name).arg(i);
    return path;
}

} // namespace

ImportFlow::ImportFlow(Workspace& workspace, QWidget* page) : QObject(page), workspace_(workspace), page_(page)
{
    connect(&workspace.project(), &ProjectSession::opened, this, [this] {
        if (!waiting_.isEmpty())
            ask();
    });
    connect(&workspace.project(), &ProjectSession::openFailed, this, [this] { waiting_.clear(); });
}

QString ImportFlow::startFolder() const
{
    const std::string& path = workspace_.project().path();
    if (!path.empty())
        return QFileInfo(shown(path)).path();
    return QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
}

void ImportFlow::askFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(page_, tr("Import a folder"), startFolder());
    if (!folder.isEmpty())
        take({folder});
}

void ImportFlow::askFiles()
{
    const QStringList files = QFileDialog::getOpenFileNames(
        page_, tr("Import files"), startFolder(),
        tr("Sounds and tables (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.gsm *.sph *.csv *.tsv *.jsonl);;All files (*)"));
    if (!files.isEmpty())
        take(files);
}

void ImportFlow::take(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    waiting_ = paths;
    switch (workspace_.project().state()) {
    case ProjectSession::State::open: return ask();
    case ProjectSession::State::closed: return makeProject();
    case ProjectSession::State::opening: return; // asked when it is open
    }
}

void ImportFlow::makeProject()
{
    const QFileInfo source(waiting_.front());
    QString folder = source.absolutePath();
    if (!QFileInfo(folder).isWritable())
        folder = QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
    const QString path = freePath(folder, source.isDir() ? source.fileName() : source.completeBaseName());
    workspace_.project().create(bytesOf(path));
    workspace_.notify(tr("The new project is kept in “%1”.").arg(path));
}

void ImportFlow::ask()
{
    const QStringList paths = std::exchange(waiting_, {});
    if (!workspace_.project().isWritable())
        return workspace_.notify(tr("This project is read-only; nothing can be imported into it."));
    std::vector<std::string> sources;
    for (const QString& path : paths)
        sources.push_back(bytesOf(path));
    auto* dialog = new ImportDialog(std::move(sources), page_->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->sources(), dialog->options()); });
    dialog->open();
}

void ImportFlow::start(std::vector<std::string> sources, ImportOptions options)
{
    auto session = std::make_shared<ImportSession>(workspace_.project(), std::move(sources), std::move(options));
    connect(session.get(), &Session::ended, this, [this, made = session.get()] {
        if (made->state() == Session::State::finished)
            tell(made->report());
        else if (made->state() == Session::State::stopped)
            workspace_.notify(tr("The import was stopped; nothing was added."));
    });
    workspace_.queue().startNow(session);
}

void ImportFlow::tell(const ImportReport& report)
{
    if (!ImportReportDialog::isWorthShowing(report))
        return workspace_.notify(tr("%Ln clip(s) imported.", nullptr, static_cast<int>(report.added)));
    auto* dialog = new ImportReportDialog(report, page_->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace earmark
