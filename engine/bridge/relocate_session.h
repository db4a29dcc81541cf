// Looks below a folder for the open project's files that are not where they were. Thread: as Session.
#pragma once

#include "engine/bridge/project_session.h"
#include "engine/bridge/session.h"

namespace earmark
{

class RelocateSession : public Session
{
    Q_OBJECT

public:
    /// `project` must outlive the session.
    RelocateSession(ProjectSession& project, std::string folder, QObject* parent = nullptr);
    ~RelocateSession() override;

    const Relocation& relocation() const { return relocation_; } ///< once it has ended

protected:
    Result<bool> work(std::stop_token stop) override;

private:
    ProjectSession& project_;
    const std::string folder_;
    Relocation relocation_;
};

} // namespace earmark
