#include "ui/shell/rail.h"

#include <QButtonGroup>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/shell/job_list.h"
#include "ui/shell/job_text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// The driver's own file: asking LibTorch would load it.
bool hasGraphicsCard() { return QFileInfo::exists("/proc/driver/nvidia/version"); }

bool usesGraphicsCard(const Settings& settings)
{
    return settings.device() == "auto" ? hasGraphicsCard() : settings.device() != "cpu";
}

} // namespace

Rail::Rail(Workspace& workspace, QWidget* parent)
    : QWidget(parent), workspace_(workspace), column_(new QVBoxLayout(this)), pages_(new QButtonGroup(this)), jobs_(new QWidget), jobButton_(new QToolButton),
      timeLeft_(new QLabel), progress_(new QProgressBar), list_(new JobList(workspace.queue(), this)), device_(new QLabel)
{
    setObjectName("rail");
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Pages"));
    setFixedWidth(21 * spaceUnit);
    column_->setContentsMargins(spaceUnit, 2 * spaceUnit, spaceUnit, 2 * spaceUnit);
    column_->setSpacing(spaceUnit);
    addPage("data", tr("Data"), Workspace::PageId::data);
    addPage("label", tr("Label"), Workspace::PageId::label);
    addPage("train", tr("Train"), Workspace::PageId::train);
    addPage("test", tr("Test"), Workspace::PageId::test);
    addPage("predict", tr("Predict"), Workspace::PageId::predict);
    column_->addStretch();
    addJobs();
    device_->setObjectName("device");
    device_->setAlignment(Qt::AlignCenter);
    device_->setTextFormat(Qt::RichText);
    column_->addWidget(device_);
    connect(pages_, &QButtonGroup::idClicked, this, [this](int page) { Q_EMIT chosen(static_cast<Workspace::PageId>(page)); });
    connect(&workspace_.settings(), &Settings::changed, this, &Rail::showDevice);
    connect(&Theme::instance(), &Theme::changed, this, &Rail::showDevice);
    showJobs();
}

void Rail::addPage(const char* name, const QString& title, Workspace::PageId page)
{
    const int number = static_cast<int>(page) + 1;
    auto* button = new QToolButton;
    button->setObjectName(QString("rail_") + name);
    button->setText(title);
    button->setIcon(Theme::instance().icon(name));
    button->setIconSize({24, 24});
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setCheckable(true);
    button->setToolTip(tr("%1 (Ctrl+%2)", "a page and its shortcut").arg(title).arg(number));
    pages_->addButton(button, static_cast<int>(page));
    column_->addWidget(button);
}

void Rail::addJobs()
{
    auto* column = new QVBoxLayout(jobs_);
    column->setContentsMargins(0, 0, 0, spaceUnit);
    column->setSpacing(spaceUnit);
    jobButton_->setObjectName("jobs");
    jobButton_->setIcon(Theme::instance().icon("jobs"));
    jobButton_->setIconSize({20, 20});
    jobButton_->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    jobButton_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    jobButton_->setFocusPolicy(Qt::StrongFocus);
    timeLeft_->setObjectName("jobTimeLeft");
    timeLeft_->setProperty("muted", true);
    timeLeft_->setAlignment(Qt::AlignCenter);
    progress_->setObjectName("jobProgress");
    progress_->setTextVisible(false);
    column->addWidget(jobButton_);
    column->addWidget(progress_);
    column->addWidget(timeLeft_);
    column_->addWidget(jobs_);
    connect(jobButton_, &QToolButton::clicked, this, [this] { list_->openAt(jobButton_->mapToGlobal(QPoint(jobButton_->width() + spaceUnit, jobButton_->height()))); });
    connect(&workspace_.queue(), &SessionQueue::changed, this, &Rail::showJobs);
    connect(&workspace_.queue(), &SessionQueue::progressed, this, &Rail::showJobs);
}

const Session* Rail::foremostJob() const
{
    const Session* waiting = nullptr;
    for (const auto& job : workspace_.queue().sessions()) {
        if (job->state() == Session::State::running || job->state() == Session::State::paused)
            return job.get();
        if (!waiting && !job->isOver())
            waiting = job.get();
    }
    return waiting;
}

void Rail::showJobs()
{
    const Session* job = foremostJob();
    jobs_->setVisible(!workspace_.queue().sessions().empty());
    jobButton_->setText(job ? jobKind(*job) : tr("Jobs"));
    jobButton_->setToolTip(job ? tr("%1: %2", "a job and how far it is").arg(jobName(*job), jobState(*job)) : tr("What was done"));
    progress_->setVisible(job);
    progress_->setAccessibleName(jobButton_->text());
    timeLeft_->setVisible(job);
    if (job) {
        progress_->setMaximum(job->state() == Session::State::running && job->total() <= 0 ? 0 : 1000);
        progress_->setValue(job->total() > 0 ? static_cast<int>(job->done() * 1000 / job->total()) : 0);
        const QString left = jobTimeLeft(*job);
        timeLeft_->setText(left.isEmpty() ? jobState(*job) : left);
    }
    showDevice();
}

void Rail::showDevice()
{
    const Theme& theme = Theme::instance();
    const bool card = usesGraphicsCard(workspace_.settings());
    const bool busy = workspace_.queue().isBusy();
    const QString name = card ? tr("GPU") : tr("CPU");
    device_->setText(QString("<span style='color:%1'>%2</span> <span style='color:%3; font-size:8pt'>●</span>").arg(theme.muted().name(), name, (busy ? theme.accent() : theme.good()).name()));
    const QString where = card ? tr("Training and predictions are computed on the graphics card.") : tr("Training and predictions are computed on the processor.");
    device_->setToolTip(where);
    device_->setAccessibleName(where);
}

void Rail::setCurrent(std::optional<Workspace::PageId> page)
{
    pages_->setExclusive(page.has_value());
    for (QAbstractButton* button : pages_->buttons())
        button->setChecked(page && pages_->id(button) == static_cast<int>(*page));
    pages_->setExclusive(true);
}

} // namespace earmark
