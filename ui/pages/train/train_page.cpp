#include "ui/pages/train/train_page.h"

#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/pages/train/recipe_panel.h"
#include "ui/pages/train/run_panel.h"
#include "ui/pages/train/runs_panel.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int recipeWidth = 372;

} // namespace

TrainPage::TrainPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), bases_(new BaseModelList(workspace.settings(), &workspace)), runs_(workspace),
      recipePanel_(new RecipePanel(workspace, *bases_, recipe_)), runPanel_(new RunPanel(workspace, runs_)), runsPanel_(new RunsPanel(workspace, runs_))
{
    setObjectName("trainPage");
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(runPanel_);
    right->addWidget(runsPanel_);
    right->setStretchFactor(0, 1);
    right->setStretchFactor(1, 0);
    right->setChildrenCollapsible(false);
    right->setSizes({440, 180});
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->addWidget(recipePanel_);
    sides->addWidget(right);
    sides->setStretchFactor(0, 0);
    sides->setStretchFactor(1, 1);
    sides->setChildrenCollapsible(false);
    sides->setSizes({recipeWidth, 840});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(sides);

    connect(recipePanel_, &RecipePanel::startAsked, this, [this] { start(recipePanel_->plan()); });
    connect(runPanel_, &RunPanel::resumeAsked, this, &TrainPage::resume);
    connect(runsPanel_, &RunsPanel::resumeAsked, this, &TrainPage::resume);
    connect(runsPanel_, &RunsPanel::curvesAsked, this, [this](std::int64_t run) { showCurves(run, true); });
    connect(runsPanel_, &RunsPanel::chosen, this, [this](std::int64_t run) {
        const bool isWatching = runPanel_->session() && !runPanel_->session()->isOver();
        if (!isWatching && runs_.ticked().size() < 2) // a tick is a click too
            showCurves(run, false);
    });
    connect(runsPanel_, &RunsPanel::settingsAsked, this, &TrainPage::takeSettings);
    connect(&runs_, &RunTableModel::tickedChanged, this, &TrainPage::compareTicked);
    const auto lead = [this](Workspace::PageId page) {
        return [this, page](std::optional<std::int64_t> run) {
            if (run)
                runsPanel_->select(*run);
            this->workspace().showPage(page);
        };
    };
    connect(runPanel_, &RunPanel::testAsked, this, lead(Workspace::PageId::test));
    connect(runPanel_, &RunPanel::useAsked, this, lead(Workspace::PageId::predict));
    connect(&workspace.queue(), &SessionQueue::ended, this, [this](Session* session) {
        if (const auto* training = qobject_cast<TrainSession*>(session); training && training->state() == Session::State::failed)
            reportFailure(*training);
    });
}

void TrainPage::entered()
{
    recipePanel_->entered();
    adopt();
}

void TrainPage::adopt()
{
    if (runPanel_->session())
        return;
    for (const auto& session : workspace().queue().sessions())
        if (auto training = std::dynamic_pointer_cast<TrainSession>(session); training && !training->isOver())
            return runPanel_->watch(std::move(training));
}

void TrainPage::start(TrainPlan plan)
{
    runs_.untickAll();
    if (plan.name.empty())
        plan.name = freeName();
    auto session = std::make_shared<TrainSession>(workspace().project(), std::move(plan));
    workspace().queue().enqueue(session);
    connect(session.get(), &Session::ended, this, [this, made = session.get()] {
        if (made->runId())
            runsPanel_->select(*made->runId()); // what comes next, testing and predicting, is about it
    });
    runPanel_->watch(std::move(session));
}

std::string TrainPage::freeName() const
{
    const auto isTaken = [this](const std::string& name) {
        const auto& jobs = workspace().queue().sessions();
        return std::ranges::any_of(workspace().view().runs, [&](const Run& run) { return run.name == name; }) ||
               std::ranges::any_of(jobs, [&](const auto& job) { return job->kind() == Session::Kind::train && bytesOf(job->title()) == name; });
    };
    for (int number = 1;; ++number)
        if (const std::string name = bytesOf(tr("Run %1").arg(number)); !isTaken(name))
            return name;
}

void TrainPage::resume(const std::string& folder, const std::string& name)
{
    start({.name = name, .out = folder, .resume = true, .options = workspace().settings().computeOptions()});
}

/// The sentence stays until it is read, with what can be done about it.
void TrainPage::reportFailure(const TrainSession& session)
{
    const std::string& code = session.error()->code;
    if (code == "compute.out_of_memory" && !session.plan().resume) {
        workspace().report(*session.error(), Workspace::Remedy{tr("Halve the batch and start again"), [this] {
                                                                   if (recipePanel_->halveBatch())
                                                                       start(recipePanel_->plan());
                                                               }});
    } else if (code == "train.diverged" && !session.plan().resume) {
        workspace().report(*session.error(), Workspace::Remedy{tr("Learn ten times slower and start again"), [this] {
                                                                   const double rate = recipe_.recipe().number("learning_rate") / 10;
                                                                   recipe_.set("learning_rate", bytesOf(QString::number(rate, 'g', 6)));
                                                                   start(recipePanel_->plan());
                                                               }});
    } else if (code == "train.no_clips") {
        workspace().report(*session.error(), Workspace::Remedy{tr("Look at the clips"), [this] { workspace().showPage(Workspace::PageId::data); }});
    } else {
        workspace().report(*session.error());
    }
}

void TrainPage::showCurves(std::int64_t id, bool isAsked)
{
    if (const auto& session = runPanel_->session(); session && session->runId() == id)
        return;
    for (const auto& session : workspace().queue().sessions())
        if (auto training = std::dynamic_pointer_cast<TrainSession>(session); training && training->runId() == id)
            return runPanel_->watch(std::move(training));
    const Run* run = runs_.runById(id);
    if (!run)
        return;
    files_.ask(
        this, [folder = run->folder] { return readRunHistory(folder); },
        [this, id, isAsked](Result<RunHistory> history) {
            if (!history && isAsked)
                workspace().report(history.error());
            if (!history)
                return;
            if (const Run* known = runs_.runById(id))
                runPanel_->showRun(*known, curvesOf(*history), history->totalSteps);
        });
}

void TrainPage::compareTicked()
{
    const std::vector<std::int64_t> ticked = runs_.ticked();
    if (ticked.size() < 2)
        return stopComparing();
    std::vector<std::pair<QString, std::string>> folders;
    for (const std::int64_t id : ticked)
        if (const Run* run = runs_.runById(id))
            folders.emplace_back(shown(run->name), run->folder);
    files_.ask(
        this,
        [folders = std::move(folders)] {
            std::vector<NamedCurves> curves;
            for (const auto& [name, folder] : folders) {
                const auto history = readRunHistory(folder); // a run whose folder is gone has no curves and still its settings
                curves.push_back({name, history ? curvesOf(*history) : TrainingCurves()});
            }
            return curves;
        },
        [this, ticked](std::vector<NamedCurves> curves) {
            if (runs_.ticked() == ticked)
                runPanel_->compare(curves);
        });
}

/// Back to what goes on, or to the run whose row is chosen.
void TrainPage::stopComparing()
{
    if (!runPanel_->isComparing())
        return;
    adopt();
    if (const auto run = runsPanel_->selected(); run && !runPanel_->session())
        showCurves(*run, false);
}

void TrainPage::takeSettings(std::int64_t id)
{
    const Run* run = runs_.runById(id);
    if (!run)
        return;
    if (bases_->find(run->base))
        recipePanel_->chooseBase(run->base);
    if (auto taken = recipe_.applyRun(run->settings); !taken)
        workspace().report(taken.error());
}

} // namespace earmark
