#include "engine/bridge/train_session.h"

#include <atomic>
#include <filesystem>
#include <variant>

#include "engine/dataset/run_history.h"
#include "engine/dataset/training_request.h"

namespace earmark
{

namespace
{

using Event = std::variant<StepEvent, EvaluateEvent, CheckpointEvent>;

constexpr std::chrono::milliseconds patience{10000}; // another program may be writing to the project

} // namespace

struct TrainSession::Private {
    explicit Private(TrainSession& session) : delivery([&session, this](std::vector<Event>&& events) { take(session, std::move(events)); }, &session)
    {
    }

    static void take(TrainSession& session, std::vector<Event>&& events);

    std::atomic<bool> held = false;
    Delivery<Event> delivery;
    std::optional<TrainOutcome> outcome; ///< until the thread that made it is over
};

void TrainSession::Private::take(TrainSession& session, std::vector<Event>&& events)
{
    auto told = static_cast<int>(session.steps_.size());
    const auto tellSteps = [&] {
        const int first = std::exchange(told, static_cast<int>(session.steps_.size()));
        if (told > first)
            Q_EMIT session.stepsAdded(first, told - first);
    };
    for (Event& event : events) {
        if (auto* step = std::get_if<StepEvent>(&event)) {
            session.steps_.push_back(*step);
            continue;
        }
        tellSteps(); // in the order in which all of it happened
        if (auto* evaluation = std::get_if<EvaluateEvent>(&event)) {
            session.evaluations_.push_back(std::move(*evaluation));
            Q_EMIT session.evaluationAdded();
        } else {
            session.checkpoints_.push_back(std::move(std::get<CheckpointEvent>(event)));
            Q_EMIT session.checkpointAdded();
        }
    }
    tellSteps();
}

Result<TrainRequest> trainRequest(const Project& project, const TrainPlan& plan)
{
    TrainRequest request{.out = plan.out.empty() ? freeRunFolder(project.path()) : plan.out, .resume = plan.resume, .options = plan.options};
    TrainingSet set{.trainSplit = plan.trainSplit,
                    .validationSplit = plan.validationSplit,
                    .testSplit = plan.testSplit,
                    .unit = plan.regions ? SampleUnit::regions : SampleUnit::clips};
    if (const std::string earlier = request.out + "/run.json"; plan.resume) {
        if (!std::filesystem::exists(earlier)) // without it the run would be noted anew, with settings that it never had
            return failure("train.cannot_resume",
                           "The run in " + quoteName(request.out) + " cannot go on: its run.json, which says how it was begun, is gone. Start a new run with its settings.",
                           request.out);
        EARMARK_TRY_VOID(readRunJson(earlier, request, &set));
    }
    request.recipe.merge(plan.recipe);
    if (!plan.resume) {
        request.base = plan.base;
        if (!plan.baseName.empty())
            request.origin["base_name"] = plan.baseName;
    }
    EARMARK_TRY_VOID(readTrainingSet(project, set, request));
    return request;
}

TrainSession::TrainSession(ProjectSession& project, TrainPlan plan, QObject* parent)
    : Session(Kind::train, QString::fromStdString(plan.name), parent), d_(std::make_unique<Private>(*this)), project_(project),
      plan_(std::move(plan)), projectPath_(project.path())
{
}

TrainSession::~TrainSession() { halt(); }

double TrainSession::stepsPerSecond() const { return steps_.empty() ? 0 : steps_.back().stepsPerSecond; }

void TrainSession::setPaused(bool paused) { d_->held = paused; }

void TrainSession::finish()
{
    d_->delivery.flush();
    outcome_ = std::move(d_->outcome);
}

// ---- on the session's own thread ----------------------------------------------------------------------------------------

/// The run's own project, in the window's hands or opened for the moment.
Result<void> TrainSession::onProject(const std::function<Result<void>(Project&)>& work)
{
    std::optional<Result<void>> done;
    project_.runOnWorker([&](Project& project) {
        if (project.path() == projectPath_)
            done = work(project);
    });
    if (done)
        return std::move(*done);
    EARMARK_TRY(Project project, Project::open(projectPath_, Access::write, {.wait = patience}));
    EARMARK_TRY_VOID(work(project));
    return project.close();
}

Result<std::optional<RunRecord>> TrainSession::begin(const TrainRequest& request)
{
    std::optional<RunRecord> record;
    const auto noted = onProject([&](Project& project) -> Result<void> {
        EARMARK_TRY(record, RunRecord::begin(project, request, plan_.name));
        return {};
    });
    if (!noted && noted.error().code == "project.locked" && noted.error().path == request.out)
        return tl::unexpected(noted.error()); // two programs would write into one run folder
    if (!noted)
        reportRemark({.code = "train.not_recorded",
                      .message = "The run is not recorded in the project. " + noted.error().message,
                      .parameters = {},
                      .causes = {noted.error()}});
    project_.refresh({.runs = true});
    return record;
}

void TrainSession::tellBegun(std::string folder, std::optional<std::int64_t> run)
{
    deliver([this, folder = std::move(folder), run] {
        folder_ = folder;
        runId_ = run;
        Q_EMIT begun();
    });
}

/// What the run told before it was stopped: its curves go on where they were.
void TrainSession::tellEarlier(const std::string& folder)
{
    const auto history = readRunHistory(folder);
    if (!history)
        return;
    auto evaluation = history->evaluations.begin();
    for (const StepEvent& step : history->steps) {
        for (; evaluation != history->evaluations.end() && evaluation->step < step.step; ++evaluation)
            d_->delivery.push(*evaluation);
        d_->delivery.push(step);
    }
    for (; evaluation != history->evaluations.end(); ++evaluation)
        d_->delivery.push(*evaluation);
}

void TrainSession::note(const RunRecord& record, const Result<TrainOutcome>& outcome)
{
    const auto noted = onProject([&](Project& project) { return record.end(project, outcome); });
    if (!noted)
        reportRemark({.code = "train.end_not_recorded",
                      .message = "The run's end is not recorded in the project. " + noted.error().message,
                      .parameters = {},
                      .causes = {noted.error()}});
    project_.refresh({.runs = true});
}

Result<bool> TrainSession::work(std::stop_token stop)
{
    struct Observer final : TrainObserver {
        explicit Observer(TrainSession& toTell) : session(toTell) {}
        void remark(const Remark& remark) override { session.reportRemark(remark); }
        void progress(std::int64_t step, std::int64_t totalSteps) override { session.reportProgress(step, totalSteps); }
        void step(const StepEvent& event) override { session.d_->delivery.push(event); }
        void evaluated(const EvaluateEvent& event) override { session.d_->delivery.push(event); }
        void checkpoint(const CheckpointEvent& event) override { session.d_->delivery.push(event); }
        bool held() override { return session.d_->held; }
        TrainSession& session;
    };

    TrainRequest request;
    EARMARK_TRY_VOID(onProject([&](Project& project) -> Result<void> {
        EARMARK_TRY(request, trainRequest(project, plan_));
        return {};
    }));
    EARMARK_TRY(Compute * compute, openCompute());
    if (stop.stop_requested())
        return false;
    EARMARK_TRY(const std::optional<RunRecord> record, begin(request));
    tellBegun(request.out, record ? std::optional(record->id()) : std::nullopt);
    if (plan_.resume)
        tellEarlier(request.out);
    Observer observer(*this);
    Result<TrainOutcome> outcome = compute->train(request, observer, stop);
    if (record)
        note(*record, outcome);
    if (!outcome)
        return tl::unexpected(std::move(outcome.error()));
    d_->outcome = std::move(*outcome);
    return !d_->outcome->stopped;
}

} // namespace earmark
