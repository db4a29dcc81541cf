#include "ui/shell/job_list.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/shell/job_text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

QToolButton* rowButton(const QString& name)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setAutoRaise(true);
    return button;
}

void dress(QToolButton& button, const QString& icon, const QString& what)
{
    button.setIcon(Theme::instance().icon(icon));
    button.setToolTip(what);
    button.setAccessibleName(what);
}

} // namespace

JobRow::JobRow(SessionQueue& queue, std::shared_ptr<Session> job, QWidget* parent)
    : QFrame(parent), job_(std::move(job)), state_(new QLabel), progress_(new QProgressBar), pause_(rowButton("jobPause")), end_(rowButton("jobEnd"))
{
    setObjectName("jobRow");
    auto* name = new QLabel(jobName(*job_));
    state_->setProperty("muted", true);
    state_->setObjectName("jobState");
    progress_->setTextVisible(false);
    progress_->setAccessibleName(name->text());
    auto* words = new QVBoxLayout;
    words->setSpacing(spaceUnit);
    words->addWidget(name);
    words->addWidget(progress_);
    words->addWidget(state_);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addLayout(words, 1);
    line->addWidget(pause_);
    line->addWidget(end_);
    connect(pause_, &QToolButton::clicked, this, [this] { job_->state() == Session::State::paused ? job_->resume() : job_->pause(); });
    connect(end_, &QToolButton::clicked, this, [this, &queue] {
        if (job_->isOver())
            queue.forget(job_.get());
        else
            job_->stop();
    });
    connect(job_.get(), &Session::stateChanged, this, &JobRow::update);
    connect(job_.get(), &Session::progressed, this, &JobRow::update);
    update();
}

void JobRow::update()
{
    const Session::State state = job_->state();
    const bool over = job_->isOver();
    state_->setText(jobState(*job_));
    progress_->setVisible(!over);
    progress_->setMaximum(state == Session::State::running && job_->total() <= 0 ? 0 : 1000);
    progress_->setValue(job_->total() > 0 ? static_cast<int>(job_->done() * 1000 / job_->total()) : 0);
    pause_->setVisible(job_->canPause() && (state == Session::State::running || state == Session::State::paused));
    const bool paused = state == Session::State::paused;
    dress(*pause_, paused ? "play" : "pause", paused ? tr("Go on") : tr("Pause"));
    dress(*end_, over ? "close" : "stop", over ? tr("Remove from the list") : tr("Stop"));
}

JobList::JobList(SessionQueue& queue, QWidget* parent) : QFrame(parent, Qt::Popup), queue_(queue), rows_(new QVBoxLayout(this))
{
    setObjectName("jobList");
    setProperty("card", true);
    setAccessibleName(tr("Jobs"));
    rows_->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 3 * spaceUnit, 3 * spaceUnit);
    rows_->setSpacing(3 * spaceUnit);
    setFixedWidth(90 * spaceUnit);
    connect(&queue_, &SessionQueue::changed, this, [this] {
        if (isVisible())
            fill();
    });
}

void JobList::openAt(const QPoint& bottomLeft)
{
    anchor_ = bottomLeft;
    fill();
    show();
}

/// Rows of jobs that are still there stay, so that a button under the mouse does not go.
void JobList::fill()
{
    const auto& jobs = queue_.sessions();
    const QList<JobRow*> shown = findChildren<JobRow*>(QString(), Qt::FindDirectChildrenOnly);
    for (JobRow* row : shown)
        if (std::ranges::none_of(jobs, [&](const auto& job) { return job.get() == row->job(); })) {
            rows_->removeWidget(row);
            row->hide();
            row->deleteLater();
        }
    for (const auto& job : jobs)
        if (std::ranges::none_of(shown, [&](const JobRow* row) { return row->job() == job.get(); }))
            rows_->insertWidget(0, new JobRow(queue_, job)); // newest first
    if (jobs.empty())
        return hide();
    adjustSize();
    move(anchor_ - QPoint(0, height()));
}

} // namespace earmark
