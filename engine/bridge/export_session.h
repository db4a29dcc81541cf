// The open project's labels, and its clips where the format wants them, out again. It reads the file by itself, so edits go on meanwhile; what it writes is
// the project as it was when it began. Thread: as Session.
#pragma once

#include "engine/bridge/project_session.h"
#include "engine/bridge/session.h"
#include "engine/dataset/export.h"

namespace earmark
{

class ExportSession : public Session
{
    Q_OBJECT

public:
    ExportSession(const ProjectSession& project, ExportOptions options, QObject* parent = nullptr);
    ~ExportSession() override;

    const ExportOptions& options() const { return options_; }
    const ExportReport& report() const { return report_; } ///< once it has finished

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    const std::string projectPath_;
    const ExportOptions options_;
    ExportReport made_; ///< until the thread that made it is over
    ExportReport report_;
};

} // namespace earmark
