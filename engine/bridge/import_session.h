// Clips into the open project, with progress and a report. Thread: as Session.
#pragma once

#include "engine/bridge/project_session.h"
#include "engine/bridge/session.h"
#include "engine/dataset/import.h"

namespace earmark
{

class ImportSession : public Session
{
    Q_OBJECT

public:
    /// `project` must outlive the session. Sources are files, folders or tables, as `earmark-cli import` takes them.
    ImportSession(ProjectSession& project, std::vector<std::string> sources, ImportOptions options, QObject* parent = nullptr);
    ~ImportSession() override;

    const ImportReport& report() const { return report_; } ///< once it has ended

protected:
    Result<bool> work(std::stop_token stop) override;

private:
    ProjectSession& project_;
    const std::vector<std::string> sources_;
    const ImportOptions options_;
    ImportReport report_;
};

} // namespace earmark
