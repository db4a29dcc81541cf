#include "engine/bridge/relocate_session.h"

#include <QFileInfo>

#include "engine/dataset/missing_files.h"

namespace earmark
{

RelocateSession::RelocateSession(ProjectSession& project, std::string folder, QObject* parent)
    : Session(Kind::relocate, QFileInfo(QString::fromStdString(folder)).fileName(), parent), project_(project), folder_(std::move(folder))
{
    connect(&project, &ProjectSession::closing, this, &Session::stop);
}

RelocateSession::~RelocateSession() { halt(); }

Result<bool> RelocateSession::work(std::stop_token stop)
{
    Result<Relocation> relocation = failure("usage", "No project is open.");
    project_.runOnWorker([&](Project& project) {
        relocation = findMissingFiles(
            project, folder_,
            [this](std::size_t done, std::size_t total) { reportProgress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total)); }, stop);
    });
    if (!relocation)
        return tl::unexpected(std::move(relocation.error()));
    relocation_ = std::move(*relocation);
    project_.refresh({.clips = relocation_.clips});
    return !relocation_.stopped;
}

} // namespace earmark
