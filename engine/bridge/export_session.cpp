#include "engine/bridge/export_session.h"

#include <QFileInfo>

namespace earmark
{

ExportSession::ExportSession(const ProjectSession& project, ExportOptions options, QObject* parent)
    : Session(Kind::exporting, QFileInfo(QString::fromStdString(options.out)).fileName(), parent), projectPath_(project.path()),
      options_(std::move(options))
{
}

ExportSession::~ExportSession() { halt(); }

Result<bool> ExportSession::work(std::stop_token stop)
{
    EARMARK_TRY(const Project project, Project::open(projectPath_, Access::read));
    const auto observe = [this](std::size_t done, std::size_t total) {
        reportProgress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    EARMARK_TRY(made_, exportProject(project, options_, observe, stop));
    return !made_.stopped;
}

void ExportSession::finish() { report_ = std::move(made_); }

} // namespace earmark
