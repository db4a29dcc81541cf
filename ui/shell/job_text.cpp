#include "ui/shell/job_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

#include "engine/bridge/session.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

struct Jobs {
    Q_DECLARE_TR_FUNCTIONS(earmark::Jobs)
};

} // namespace

QString jobKind(const Session& job)
{
    switch (job.kind()) {
    case Session::Kind::import: return Jobs::tr("Importing");
    case Session::Kind::train: return Jobs::tr("Training");
    case Session::Kind::evaluate: return Jobs::tr("Testing");
    case Session::Kind::predict: return Jobs::tr("Predicting");
    case Session::Kind::embed: return Jobs::tr("Mapping");
    case Session::Kind::exporting: return Jobs::tr("Exporting");
    case Session::Kind::relocate: return Jobs::tr("Looking for files");
    case Session::Kind::other: break;
    }
    return Jobs::tr("Working");
}

QString jobName(const Session& job)
{
    const QString& title = job.title();
    if (title.isEmpty())
        return jobKind(job);
    switch (job.kind()) {
    case Session::Kind::import: return Jobs::tr("Importing “%1”").arg(title);
    case Session::Kind::train: return Jobs::tr("Training “%1”").arg(title);
    case Session::Kind::evaluate: return Jobs::tr("Testing “%1”").arg(title);
    case Session::Kind::predict: return Jobs::tr("Predicting “%1”").arg(title);
    case Session::Kind::embed: return Jobs::tr("Mapping “%1”").arg(title);
    case Session::Kind::exporting: return Jobs::tr("Exporting “%1”").arg(title);
    case Session::Kind::relocate: return Jobs::tr("Looking for files in “%1”").arg(title);
    case Session::Kind::other: break;
    }
    return title;
}

QString jobTimeLeft(const Session& job)
{
    const auto seconds = job.secondsLeft();
    if (!seconds)
        return {};
    if (*seconds < 60)
        return Jobs::tr("<1 min left");
    const int minutes = static_cast<int>(std::ceil(*seconds / 60));
    return minutes < 60 ? Jobs::tr("%1 min left").arg(minutes) : Jobs::tr("%1 h left").arg(QLocale().toString(minutes / 60.0, 'f', 1));
}

QString jobState(const Session& job)
{
    switch (job.state()) {
    case Session::State::waiting: return Jobs::tr("Waiting for its turn");
    case Session::State::paused: return Jobs::tr("Paused");
    case Session::State::finished: return Jobs::tr("Done in %1").arg(durationText(job.secondsElapsed()));
    case Session::State::stopped: return Jobs::tr("Stopped");
    case Session::State::failed: return Jobs::tr("Failed");
    case Session::State::running: break;
    }
    if (job.total() <= 0)
        return Jobs::tr("Running");
    const QString share = Jobs::tr("%1 %").arg(job.done() * 100 / job.total());
    const QString left = jobTimeLeft(job);
    return left.isEmpty() ? share : Jobs::tr("%1, %2", "share done, time left").arg(share, left);
}

} // namespace earmark
