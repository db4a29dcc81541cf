#include "ui/pages/data/split_banner.h"

#include <QPushButton>

namespace earmark
{

namespace
{

constexpr int pause = 500; ///< ms without a change before it looks

} // namespace

SplitBanner::SplitBanner(Workspace& workspace, QWidget* parent) : WarningCard("splitBanner", tr("Divide again…"), parent), workspace_(workspace)
{
    soon_.setSingleShot(true);
    soon_.setInterval(pause);
    connect(&soon_, &QTimer::timeout, this, &SplitBanner::look);
    const ProjectSession& project = workspace.project();
    const auto later = qOverload<>(&QTimer::start);
    connect(&project, &ProjectSession::loadingChanged, &soon_, later);
    connect(&project, &ProjectSession::splitsChanged, &soon_, later);
    connect(&project, &ProjectSession::rowsChanged, &soon_, later); // their groups may differ
    connect(&project, &ProjectSession::closed, this, [this] {
        soon_.stop();
        job_.cancel();
        say({});
    });
}

void SplitBanner::look()
{
    if (workspace_.view().splits.empty())
        return say({});
    job_.ask(
        [path = workspace_.project().path()](const std::stop_token&) -> Result<std::vector<SplitLeak>> {
            EARMARK_TRY(const Project project, Project::open(path, Access::read));
            return splitLeaks(project);
        },
        [this](const Result<std::vector<SplitLeak>>& leaks) { tell(leaks.value_or(std::vector<SplitLeak>())); });
}

void SplitBanner::tell(const std::vector<SplitLeak>& leaks)
{
    std::size_t shared = 0;
    for (const SplitLeak& leak : leaks)
        shared += leak.shared;
    remedy().setEnabled(workspace_.project().isWritable());
    say(shared == 0 ? QString()
                    : tr("%Ln clip(s) outside of training come from recordings that are also trained on. Tests will look better than the model is.", nullptr,
                         static_cast<int>(shared)));
}

} // namespace earmark
