#include "engine/bridge/import_session.h"

#include <QFileInfo>

namespace earmark
{

namespace
{

QString titleOf(const std::vector<std::string>& sources)
{
    return sources.empty() ? QString() : QFileInfo(QString::fromStdString(sources.front())).fileName();
}

} // namespace

ImportSession::ImportSession(ProjectSession& project, std::vector<std::string> sources, ImportOptions options, QObject* parent)
    : Session(Kind::import, titleOf(sources), parent), project_(project), sources_(std::move(sources)), options_(std::move(options))
{
}

ImportSession::~ImportSession() { halt(); }

Result<bool> ImportSession::work(std::stop_token stop)
{
    Result<ImportReport> report = failure("usage", "No project is open.");
    project_.runOnWorker([&](Project& project) {
        report = importClips(
            project, sources_, options_,
            [this](const ImportProgress& progress) {
                reportProgress(static_cast<std::int64_t>(progress.done), static_cast<std::int64_t>(progress.total));
            },
            stop);
    });
    if (!report)
        return tl::unexpected(std::move(report.error()));
    report_ = std::move(*report);
    if (!report_.stopped)
        project_.refresh({.allRows = true});
    return !report_.stopped;
}

} // namespace earmark
