#include "ui/pages/data/missing_files.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr qint64 pause = 10000; ///< ms between two looks that nobody asked for

} // namespace

MissingFiles::MissingFiles(Workspace& workspace, QWidget* parent) : WarningCard("missingFiles", tr("Find the folder…"), parent), workspace_(workspace)
{
    const ProjectSession& project = workspace.project();
    connect(this, &WarningCard::remedyAsked, this, &MissingFiles::askFolder);
    connect(&project, &ProjectSession::loadingChanged, this, [this](bool loading) {
        if (!loading)
            look();
    });
    connect(&project, &ProjectSession::closed, this, [this] {
        job_.cancel();
        take(std::vector<FileChange>());
    });
    connect(&workspace.transport(), &Transport::failed, this, &MissingFiles::look);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            cameBack();
    });
}

// ---- whether there are any ----------------------------------------------------------------------------------------------

void MissingFiles::cameBack()
{
    if (!looked_.isValid() || looked_.hasExpired(pause))
        look();
}

void MissingFiles::look() { lookThen([] {}); }

void MissingFiles::lookThen(std::function<void()> then)
{
    if (workspace_.project().state() != ProjectSession::State::open)
        return;
    looked_.start();
    job_.ask(
        [path = workspace_.project().path()](const std::stop_token&) -> Result<std::vector<FileChange>> {
            EARMARK_TRY(const Project project, Project::open(path, Access::read));
            EARMARK_TRY(std::vector<FileChange> changes, project.changedFiles());
            std::erase_if(changes, [](const FileChange& change) { return !change.missing; });
            return changes;
        },
        [this, then = std::move(then)](const Result<std::vector<FileChange>>& changes) {
            take(changes);
            then();
        });
}

void MissingFiles::take(const Result<std::vector<FileChange>>& changes)
{
    if (!changes)
        return; // whoever opens the file next says what is wrong with it
    missing_ = static_cast<int>(changes->size());
    place_ = changes->empty() ? QString() : QFileInfo(shown(changes->front().path)).path();
    remedy().setEnabled(workspace_.project().isWritable());
    say(changes->empty() ? QString() : tr("%Ln file(s) are not where they were, such as those in “%1”. Their clips can be neither heard nor trained on.", nullptr, missing_).arg(fontMetrics().elidedText(place_, Qt::ElideMiddle, 100 * spaceUnit)));
}

// ---- finding them -------------------------------------------------------------------------------------------------------

void MissingFiles::ask()
{
    lookThen([this] {
        if (missing_ > 0)
            askFolder();
        else
            workspace_.notify(tr("All files of the project are where they were."));
    });
}

void MissingFiles::askFolder()
{
    QDir nearest(place_);
    while (!nearest.exists() && nearest.cdUp()) {
    }
    const QString folder = QFileDialog::getExistingDirectory(window(), tr("Where is “%1” now?").arg(place_), nearest.absolutePath());
    if (!folder.isEmpty())
        search(folder);
}

void MissingFiles::search(const QString& folder)
{
    auto session = std::make_shared<RelocateSession>(workspace_.project(), bytesOf(folder));
    connect(session.get(), &Session::ended, this, [this, ended = std::weak_ptr(session)] {
        const auto known = ended.lock();
        if (!known || known->state() != Session::State::finished)
            return look();
        workspace_.project().ask(this, [](Project&) { return 0; }, [this, known](int) { tell(*known); }); // once the rows know it
    });
    workspace_.queue().startNow(session);
}

void MissingFiles::tell(const RelocateSession& session)
{
    const Relocation& relocation = session.relocation();
    if (const auto clip = workspace_.currentClip(); clip && std::ranges::binary_search(relocation.clips, *clip))
        workspace_.setCurrentClip(clip); // it can be heard now
    look();
    if (relocation.missing == 0 && relocation.other == 0)
        return workspace_.notify(tr("%Ln file(s) found.", nullptr, static_cast<int>(relocation.found)));
    askAgain(relocation);
}

void MissingFiles::askAgain(const Relocation& relocation)
{
    auto* box = new QMessageBox(QMessageBox::Information, tr("Files that moved"), tr("%Ln file(s) found.", nullptr, static_cast<int>(relocation.found)),
                                QMessageBox::Close, window());
    box->setObjectName("relocationReport");
    box->setAttribute(Qt::WA_DeleteOnClose);
    QStringList sentences;
    if (relocation.other > 0)
        sentences << tr("%Ln file(s) have the right name but hold something else; they were not taken.", nullptr, static_cast<int>(relocation.other));
    if (relocation.missing > 0)
        sentences << tr("%Ln file(s) are still missing.", nullptr, static_cast<int>(relocation.missing));
    box->setInformativeText(sentences.join('\n'));
    if (relocation.missing > 0) {
        QPushButton* again = box->addButton(tr("Look in another folder…"), QMessageBox::ActionRole);
        again->setObjectName("relocateAgain");
        connect(again, &QPushButton::clicked, this, &MissingFiles::askFolder);
    }
    box->open();
}

} // namespace earmark
