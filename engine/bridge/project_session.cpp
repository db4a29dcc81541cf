#include "engine/bridge/project_session.h"

#include <algorithm>
#include <future>

#include "engine/dataset/delete_run.h"
#include "engine/dataset/run_record.h"
#include "engine/dataset/split.h"

namespace earmark
{

namespace
{

/// Rows that are handed over at a time while a project is being read: a few milliseconds of the window's thread.
constexpr std::size_t rowsAtOnce = 4000;
/// Beyond so many, reading all rows anew is quicker than reading them one by one.
constexpr std::size_t fewClips = 20000;

Result<Touched> touching(Result<void> result, Touched touched)
{
    if (!result)
        return tl::unexpected(std::move(result.error()));
    return touched;
}

Result<Run> runNumbered(const Project& project, std::int64_t id)
{
    EARMARK_TRY(auto runs, project.runs());
    const auto run = std::ranges::find(runs, id, &Run::id);
    if (run == runs.end())
        return failure("project.invalid_edit", "The project has no run " + std::to_string(id) + ".", project.path());
    return std::move(*run);
}

} // namespace

ProjectSession::ProjectSession(QObject* parent) : QObject(parent), worker_([this] { loop(); }) {}

ProjectSession::~ProjectSession()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
    worker_.join();
}

// ---- the worker ---------------------------------------------------------------------------------------------------------

void ProjectSession::loop()
{
    std::unique_lock lock(mutex_);
    while (true) {
        arrived_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (tasks_.empty())
            break;
        const auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
    forgetOnWorker();
}

void ProjectSession::postAny(std::function<void()> task)
{
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    arrived_.notify_one();
}

void ProjectSession::post(Task task)
{
    postAny([this, task = std::move(task)] {
        if (project_)
            task(*project_);
    });
}

void ProjectSession::deliver(std::function<void()> onThisThread)
{
    mailbox_.post([this, generation = workerGeneration_, work = std::move(onThisThread)] {
        if (generation == generation_)
            work();
    });
}

bool ProjectSession::runOnWorker(const std::function<void(Project&)>& work)
{
    std::promise<bool> done;
    postAny([&] {
        if (project_)
            work(*project_);
        done.set_value(project_.has_value());
    });
    return done.get_future().get();
}

// ---- opening and closing ------------------------------------------------------------------------------------------------

void ProjectSession::setAuthor(const std::string& author) { author_ = author; }

void ProjectSession::open(const std::string& path)
{
    begin(path, [path, author = author_](std::optional<Error>& whyReadOnly) -> Result<Project> {
        Result<Project> project = Project::open(path, Access::write, {.author = author});
        if (project) {
            (void)endLostRuns(*project); // what cannot be noted today is noted next time
            return project;
        }
        const std::string& code = project.error().code;
        if (code != "project.locked" && code != "project.read_only" && code != "io.no_permission")
            return project;
        Result<Project> reading = Project::open(path, Access::read);
        if (!reading)
            return project;
        whyReadOnly = std::move(project.error());
        return reading;
    });
}

void ProjectSession::create(const std::string& path)
{
    begin(path, [path, author = author_](std::optional<Error>&) { return Project::create(path, {.author = author}); });
}

void ProjectSession::begin(std::string path, Opening opening)
{
    close();
    path_ = std::move(path);
    state_ = State::opening;
    postAny([this, generation = generation_.load(), opening = std::move(opening)] { openOnWorker(generation, opening); });
}

void ProjectSession::openOnWorker(int generation, const Opening& opening)
{
    workerGeneration_ = generation;
    std::optional<Error> whyReadOnly;
    Result<Project> project = opening(whyReadOnly);
    if (!project)
        return deliver([this, error = std::move(project.error())] {
            state_ = State::closed;
            path_.clear();
            Q_EMIT openFailed(error);
        });
    project_.emplace(std::move(*project));
    reader_.emplace(*project_);
    Result<ProjectChange> change = reader_->surroundings({.allRows = true, .runs = true});
    if (!change) {
        forgetOnWorker();
        return deliver([this, error = std::move(change.error())] {
            state_ = State::closed;
            path_.clear();
            Q_EMIT openFailed(error);
        });
    }
    deliver([this, path = project_->path(), writable = project_->writable(), why = std::move(whyReadOnly), change = std::move(*change)]() mutable {
        path_ = path;
        writable_ = writable;
        whyReadOnly_ = std::move(why);
        state_ = State::open;
        apply(std::move(change));
        Q_EMIT opened();
        Q_EMIT loadingChanged(true);
    });
    loadOnWorker();
}

void ProjectSession::loadOnWorker()
{
    const auto read = reader_->rows(rowsAtOnce, [this](std::vector<ClipRow>&& rows) {
        deliverChange(ProjectChange{.rows = std::move(rows)});
        return isWanted();
    });
    if (!read)
        deliverChange(tl::unexpected(read.error()));
    deliver([this] { Q_EMIT loadingChanged(false); });
}

void ProjectSession::forgetOnWorker()
{
    reader_.reset();
    project_.reset();
    shownRun_.reset();
}

void ProjectSession::close()
{
    ++generation_;
    if (state_ == State::closed)
        return;
    Q_EMIT closing();
    std::promise<void> done;
    postAny([&] {
        forgetOnWorker();
        done.set_value();
    });
    done.get_future().wait();
    state_ = State::closed;
    path_.clear();
    whyReadOnly_.reset();
    writable_ = false;
    view_ = {};
    Q_EMIT rowsReset();
    Q_EMIT labelSetChanged();
    Q_EMIT splitsChanged();
    Q_EMIT runsChanged();
    Q_EMIT shownRunChanged();
    Q_EMIT undoChanged();
    Q_EMIT closed();
}

// ---- what the window sees -----------------------------------------------------------------------------------------------

void ProjectSession::tellChange(const Touched& touched)
{
    if (!touched.allRows && touched.clips.size() <= fewClips)
        return deliverChange(reader_->change(touched));
    Result<ProjectChange> change = reader_->surroundings({.allRows = true, .runs = true});
    if (!change)
        return deliverChange(std::move(change));
    change->reset = true;
    const auto read = reader_->rows(rowsAtOnce, [&](std::vector<ClipRow>&& rows) {
        std::ranges::move(rows, std::back_inserter(change->rows));
        return isWanted();
    });
    deliverChange(read ? std::move(change) : tl::unexpected(read.error()));
}

void ProjectSession::tellShownRun(std::optional<std::int64_t> run)
{
    shownRun_ = run;
    deliverChange(reader_->shownRun(run));
}

void ProjectSession::refresh(Touched touched)
{
    post([this, touched = std::move(touched)](Project&) { tellChange(touched); });
}

void ProjectSession::showRun(std::optional<std::int64_t> run)
{
    post([this, run](Project&) { tellShownRun(run); });
}

void ProjectSession::deliverChange(Result<ProjectChange> change)
{
    if (!change)
        return deliver([this, error = std::move(change.error())] { Q_EMIT failed(error); });
    deliver([this, change = std::move(*change)]() mutable { apply(std::move(change)); });
}

void ProjectSession::apply(ProjectChange&& change)
{
    const bool labels = change.labels.has_value(), splits = change.splits.has_value(), runs = change.runs.has_value();
    const bool shownRun = change.shownRunChanged;
    const bool undo = change.undo && *change.undo != ProjectChange::Undo{view_.undoable, view_.redoable};
    RowsChanged rows = applyChange(std::move(change), view_);
    if (!rows.old.empty())
        postAny([old = std::make_shared<std::vector<ClipRow>>(std::move(rows.old))] {}); // freeing so many texts takes longer than a frame
    if (undo)
        Q_EMIT undoChanged();
    if (labels)
        Q_EMIT labelSetChanged();
    if (rows.reset)
        Q_EMIT rowsReset();
    if (rows.appended > 0)
        Q_EMIT rowsAppended(rows.firstAppended, rows.appended);
    if (!rows.changed.empty())
        Q_EMIT rowsChanged(rows.changed);
    if (splits)
        Q_EMIT splitsChanged();
    if (runs)
        Q_EMIT runsChanged();
    if (shownRun)
        Q_EMIT shownRunChanged();
}

// ---- edits --------------------------------------------------------------------------------------------------------------

void ProjectSession::edit(std::function<Result<Touched>(Project&)> work)
{
    post([this, work = std::move(work)](Project& project) {
        Result<Touched> touched = work(project);
        if (!touched)
            return deliver([this, error = std::move(touched.error())] { Q_EMIT failed(error); });
        tellChange(*touched);
    });
}

void ProjectSession::setLabels(std::vector<ClipId> clips, std::vector<std::string> labels)
{
    edit([clips = std::move(clips), labels = std::move(labels)](Project& project) {
        return touching(project.setLabels(clips, labels), {.clips = clips, .labelSet = true});
    });
}

void ProjectSession::addLabel(std::vector<ClipId> clips, std::string label)
{
    edit([clips = std::move(clips), label = std::move(label)](Project& project) {
        return touching(project.addLabel(clips, label), {.clips = clips, .labelSet = true});
    });
}

void ProjectSession::removeLabel(std::vector<ClipId> clips, std::string label)
{
    edit([clips = std::move(clips), label = std::move(label)](Project& project) {
        return touching(project.removeLabel(clips, label), {.clips = clips, .labelSet = true});
    });
}

void ProjectSession::setState(std::vector<ClipId> clips, ClipState state)
{
    edit([clips = std::move(clips), state](Project& project) { return touching(project.setState(clips, state), {.clips = clips}); });
}

void ProjectSession::setTranscript(ClipId clip, std::optional<std::string> text)
{
    edit([clip, text = std::move(text)](Project& project) { return touching(project.setTranscript(clip, text), {.clips = {clip}}); });
}

void ProjectSession::setNote(ClipId clip, std::optional<std::string> text)
{
    edit([clip, text = std::move(text)](Project& project) { return touching(project.setNote(clip, text), {.clips = {clip}}); });
}

void ProjectSession::setGroup(std::vector<ClipId> clips, std::string group)
{
    edit([clips = std::move(clips), group = std::move(group)](Project& project) {
        return touching(project.setGroup(clips, group), {.clips = clips});
    });
}

void ProjectSession::addRegion(ClipId clip, NewRegion region)
{
    edit([clip, region = std::move(region)](Project& project) -> Result<Touched> {
        EARMARK_TRY_VOID(project.addRegion(clip, region));
        return Touched{.clips = {clip}, .labelSet = true};
    });
}

void ProjectSession::changeRegion(ClipId clip, std::int64_t region, NewRegion to)
{
    edit([clip, region, to = std::move(to)](Project& project) {
        return touching(project.changeRegion(region, to), {.clips = {clip}, .labelSet = true});
    });
}

void ProjectSession::removeRegion(ClipId clip, std::int64_t region)
{
    edit([clip, region](Project& project) { return touching(project.removeRegion(region), {.clips = {clip}, .labelSet = true}); });
}

void ProjectSession::removeClips(std::vector<ClipId> clips)
{
    edit([clips = std::move(clips)](Project& project) { return touching(project.removeClips(clips), {.clips = clips, .splits = true}); });
}

void ProjectSession::split(const SplitOptions& options)
{
    edit([options](Project& project) -> Result<Touched> {
        EARMARK_TRY_VOID(splitProject(project, options));
        return Touched{.splits = true};
    });
}

void ProjectSession::moveToSplit(std::vector<ClipId> clips, std::string name)
{
    edit([clips = std::move(clips), name = std::move(name)](Project& project) { return touching(project.moveToSplit(clips, name), {.splits = true}); });
}

void ProjectSession::setLabelSet(std::vector<LabelClass> classes)
{
    edit([classes = std::move(classes)](Project& project) { return touching(project.setLabelSet(classes), {.labelSet = true}); });
}

void ProjectSession::mergeLabels(std::string from, std::string into)
{
    edit([from = std::move(from), into = std::move(into)](Project& project) -> Result<Touched> {
        EARMARK_TRY(std::vector<ClipId> clips, project.mergeLabels(from, into));
        return Touched{.clips = std::move(clips), .labelSet = true};
    });
}

void ProjectSession::renameRun(std::int64_t run, std::string name)
{
    edit([run, name = std::move(name)](Project& project) -> Result<Touched> {
        EARMARK_TRY(Run known, runNumbered(project, run));
        known.name = name;
        return touching(project.updateRun(known), {.runs = true});
    });
}

void ProjectSession::deleteRun(std::int64_t run)
{
    edit([this, run](Project& project) -> Result<Touched> {
        EARMARK_TRY_VOID(earmark::deleteRun(project, run));
        if (shownRun_ == run)
            tellShownRun(std::nullopt);
        return Touched{.runs = true};
    });
}

void ProjectSession::undo() { step(&Project::undo); }
void ProjectSession::redo() { step(&Project::redo); }

void ProjectSession::step(Result<std::optional<UndoStep>> (Project::*direction)())
{
    Q_EMIT stepping();
    const auto clips = std::make_shared<std::vector<ClipId>>();
    edit([this, direction, clips](Project& project) -> Result<Touched> {
        EARMARK_TRY(std::optional<UndoStep> done, (project.*direction)());
        if (!done)
            return Touched{};
        *clips = done->clips;
        if (done->clipsCameOrWent && shownRun_)
            showRun(shownRun_); // rows that come back know nothing of it yet
        return Touched{.clips = std::move(done->clips), .labelSet = done->labelSet, .splits = done->splits};
    });
    ask(this, [clips](Project&) { return *clips; }, [this](const std::vector<ClipId>& differ) { Q_EMIT stepped(differ); });
}

void ProjectSession::askClip(QObject* context, ClipId id, std::function<void(Result<Clip>)> take)
{
    ask(context, [id](Project& project) { return project.clip(id); }, std::move(take));
}

void ProjectSession::askRunBytes(QObject* context, std::int64_t run, std::function<void(Result<std::uint64_t>)> take)
{
    ask(context, [run](Project& project) { return runNumbered(project, run).map(runBytes); }, std::move(take));
}

} // namespace earmark
