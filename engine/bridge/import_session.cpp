#include "engine/bridge/import_session.h"

#include <QFileInfo>

#include <algorithm>

namespace earmark
{

namespace
{

QString titleOf(const std::vector<std::string>& sources)
{
    return sources.empty() ? QString() : QFileInfo(QString::fromStdString(sources.front())).fileName();
}

std::vector<ClipId> clipsAfter(const Project& project, ClipId last)
{
    std::vector<ClipId> ids = project.clipIds().value_or(std::vector<ClipId>());
    ids.erase(ids.begin(), std::ranges::upper_bound(ids, last));
    return ids;
}

ClipId lastClip(const Project& project)
{
    const std::vector<ClipId> ids = project.clipIds().value_or(std::vector<ClipId>());
    return ids.empty() ? 0 : ids.back();
}

} // namespace

ImportSession::ImportSession(ProjectSession& project, std::vector<std::string> sources, ImportOptions options, QObject* parent)
    : Session(Kind::import, titleOf(sources), parent), project_(project), sources_(std::move(sources)), options_(std::move(options))
{
    connect(&project, &ProjectSession::closing, this, &Session::stop);
}

ImportSession::~ImportSession() { halt(); }

Result<bool> ImportSession::work(std::stop_token stop)
{
    Result<ImportReport> report = failure("usage", "No project is open.");
    Touched touched{.labelSet = true, .splits = true};
    project_.runOnWorker([&](Project& project) {
        const ClipId last = lastClip(project);
        report = importClips(
            project, sources_, options_,
            [this](const ImportProgress& progress) {
                reportProgress(static_cast<std::int64_t>(progress.done), static_cast<std::int64_t>(progress.total));
            },
            stop);
        touched.clips = clipsAfter(project, last);
    });
    if (!report)
        return tl::unexpected(std::move(report.error()));
    report_ = std::move(*report);
    touched.allRows = report_.changed > 0; // facts of clips that were there already
    if (!report_.stopped)
        project_.refresh(std::move(touched));
    return !report_.stopped;
}

} // namespace earmark
