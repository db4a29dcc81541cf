// Says so where the project's splits have one recording on both sides, and offers to divide again. Looked for on a thread. Thread: the window's.
#pragma once

#include <QTimer>

#include "engine/dataset/split_clips.h"
#include "ui/models/latest_job.h"
#include "ui/models/workspace.h"
#include "ui/widgets/warning_card.h"

namespace earmark
{

class SplitBanner : public WarningCard
{
    Q_OBJECT

public:
    explicit SplitBanner(Workspace& workspace, QWidget* parent = nullptr);

private:
    void look();
    void tell(const std::vector<SplitLeak>& leaks);

    Workspace& workspace_;
    QTimer soon_;
    LatestJob job_;
};

} // namespace earmark
