// Says so where files of the project are not where they were, and finds them again below a folder that the user points at. Looked for on a thread,
// when a project was opened, when a sound could not be played, and when the user comes back. Thread: the window's.
#pragma once

#include <QElapsedTimer>

#include "engine/bridge/relocate_session.h"
#include "ui/models/latest_job.h"
#include "ui/models/workspace.h"
#include "ui/widgets/warning_card.h"

namespace earmark
{

class MissingFiles : public WarningCard
{
    Q_OBJECT

public:
    explicit MissingFiles(Workspace& workspace, QWidget* parent = nullptr);

    void look(); ///< now
    void cameBack(); ///< looks unless it just did
    void ask();  ///< looks, then asks where they are, or says that none is missing

private:
    void lookThen(std::function<void()> then);
    void take(const Result<std::vector<FileChange>>& changes);
    void askFolder();
    void search(const QString& folder);
    void tell(const RelocateSession& session);
    void askAgain(const Relocation& relocation);

    Workspace& workspace_;
    int missing_ = 0; ///< files
    QString place_;   ///< the folder that the first of them lay in
    QElapsedTimer looked_;
    LatestJob job_;
};

} // namespace earmark
