#include "engine/bridge/project_session.h"

#include <algorithm>
#include <future>

#include "engine/dataset/run_record.h"

namespace earmark
{

namespace
{

/// Rows that are handed over at a time while a project is being read: a few milliseconds of the window's thread.
constexpr std::size_t rowsAtOnce = 4000;
/// Beyond so many, reading all rows anew is quicker than reading them one by one.
constexpr std::size_t fewClips = 2000;

struct Shown {
    int label = -1;
    float score = 0;
};

using Touched = ProjectSession::Touched;

Result<Touched> touching(Result<void> result, Touched touched)
{
    if (!result)
        return tl::unexpected(std::move(result.error()));
    return touched;
}

} // namespace

struct ProjectSession::Change {
    bool reset = false; ///< `rows` are all there are
    std::vector<ClipRow> rows;
    std::unordered_map<ClipId, std::size_t> places; ///< with reset
    std::optional<std::vector<LabelClass>> labels;
    std::optional<std::vector<SplitSize>> splits;
    std::unordered_map<ClipId, int> splitOf; ///< with splits
    std::optional<std::vector<Run>> runs;
    std::optional<std::vector<std::string>> columns;
    std::optional<std::string> undoable;
    std::optional<std::string> redoable;
    bool shownRunChanged = false;
    std::optional<std::int64_t> shownRun;
    std::vector<std::string> predictionLabels;
    std::unordered_map<ClipId, Shown> predictions;
};

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
    project_.reset();
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
    QMetaObject::invokeMethod(
        this,
        [this, generation = workerGeneration_, work = std::move(onThisThread)] {
            if (generation == generation_)
                work();
        },
        Qt::QueuedConnection);
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

void ProjectSession::open(const std::string& path)
{
    begin(path, [path](std::optional<Error>& whyReadOnly) -> Result<Project> {
        Result<Project> project = Project::open(path, Access::write);
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
    begin(path, [path](std::optional<Error>&) { return Project::create(path); });
}

void ProjectSession::begin(std::string path, Opening opening)
{
    close();
    path_ = std::move(path);
    state_ = State::opening;
    postAny([this, generation = generation_, opening = std::move(opening)] { openOnWorker(generation, opening); });
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
    Change change;
    if (auto read = readSurroundings(*project_, {.labelSet = true, .splits = true, .runs = true}, change); !read) {
        project_.reset();
        return deliver([this, error = std::move(read.error())] {
            state_ = State::closed;
            path_.clear();
            Q_EMIT openFailed(error);
        });
    }
    deliver([this, path = project_->path(), writable = project_->writable(), why = std::move(whyReadOnly), change = std::move(change)]() mutable {
        path_ = path;
        writable_ = writable;
        whyReadOnly_ = std::move(why);
        state_ = State::open;
        apply(std::move(change));
        Q_EMIT opened();
        Q_EMIT loadingChanged(true);
    });
    readAll(*project_, true);
    deliver([this] { Q_EMIT loadingChanged(false); });
}

void ProjectSession::close()
{
    ++generation_;
    if (state_ == State::closed)
        return;
    std::promise<void> done;
    postAny([&] {
        project_.reset();
        shownRun_.reset();
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

// ---- reading ------------------------------------------------------------------------------------------------------------

Result<void> ProjectSession::readSurroundings(Project& project, const Touched& touched, Change& change)
{
    if (touched.labelSet || touched.allRows) {
        EARMARK_TRY(change.labels, project.labels());
        labelIds_.clear();
        for (const LabelClass& label : *change.labels)
            labelIds_.emplace(label.name, label.id);
    }
    if (touched.splits || touched.allRows) {
        EARMARK_TRY(const std::vector<Split> splits, project.splits());
        change.splits.emplace();
        for (const Split& split : splits) {
            const int index = static_cast<int>(change.splits->size());
            change.splits->push_back({split.name, split.method, split.members.size()});
            for (const SplitMember& member : split.members)
                change.splitOf.emplace(member.clip, index);
        }
    }
    if (touched.runs) {
        EARMARK_TRY(change.runs, project.runs());
    }
    if (touched.allRows || touched.runs) {
        EARMARK_TRY(const ProjectSummary summary, project.summary());
        change.columns = summary.columns;
    }
    EARMARK_TRY(change.undoable, project.undoable());
    EARMARK_TRY(change.redoable, project.redoable());
    return {};
}

void ProjectSession::readAll(Project& project, bool progressively)
{
    Change change{.reset = !progressively};
    const auto hand = [&] {
        if (!change.rows.empty())
            deliver([this, part = std::exchange(change, Change{})]() mutable { apply(std::move(part)); });
    };
    std::unordered_map<ClipId, int> splitOf;
    if (const auto splits = project.splits())
        for (std::size_t i = 0; i < splits->size(); ++i)
            for (const SplitMember& member : (*splits)[i].members)
                splitOf.emplace(member.clip, static_cast<int>(i));
    auto read = progressively ? Result<void>() : readSurroundings(project, {.allRows = true, .labelSet = true, .splits = true, .runs = true}, change);
    if (read)
        read = project.forEachClip([&](const Clip& clip) {
            ClipRow row = rowFrom(clip, labelIds_);
            if (const auto split = splitOf.find(row.id); split != splitOf.end())
                row.split = split->second;
            if (change.reset)
                change.places.emplace(row.id, change.rows.size());
            change.rows.push_back(std::move(row));
            if (progressively && change.rows.size() >= rowsAtOnce)
                hand();
            return true;
        });
    if (!read)
        return deliver([this, error = std::move(read.error())] { Q_EMIT failed(error); });
    if (progressively)
        hand();
    else
        deliver([this, change = std::move(change)]() mutable { apply(std::move(change)); });
    if (shownRun_)
        post([this, run = shownRun_](Project&) { showRun(run); });
}

Result<ProjectSession::Change> ProjectSession::readChange(Project& project, const Touched& touched)
{
    Change change;
    EARMARK_TRY_VOID(readSurroundings(project, touched, change));
    for (const ClipId id : touched.clips) {
        EARMARK_TRY(const Clip clip, project.clip(id));
        change.rows.push_back(rowFrom(clip, labelIds_));
    }
    return change;
}

void ProjectSession::tellChange(Project& project, const Touched& touched)
{
    if (touched.allRows || touched.clips.size() > fewClips)
        return readAll(project, false);
    Result<Change> change = readChange(project, touched);
    if (!change)
        return deliver([this, error = std::move(change.error())] { Q_EMIT failed(error); });
    deliver([this, change = std::move(*change)]() mutable { apply(std::move(change)); });
}

void ProjectSession::refresh(Touched touched)
{
    post([this, touched = std::move(touched)](Project& project) { tellChange(project, touched); });
}

void ProjectSession::showRun(std::optional<std::int64_t> run)
{
    post([this, run](Project& project) {
        shownRun_ = run;
        Change change{.shownRunChanged = true, .shownRun = run};
        if (run) {
            const auto runs = project.runs();
            const auto predictions = project.predictions(*run);
            if (!runs || !predictions)
                return deliver([this, error = runs ? predictions.error() : runs.error()] { Q_EMIT failed(error); });
            for (const Run& known : *runs)
                if (known.id == *run)
                    change.predictionLabels = known.labels;
            for (const Prediction& prediction : *predictions) {
                const auto best = std::ranges::max_element(prediction.scores);
                if (best != prediction.scores.end())
                    change.predictions[prediction.clip] = {static_cast<int>(best - prediction.scores.begin()), *best};
            }
        }
        const auto undoable = project.undoable();
        const auto redoable = project.redoable();
        change.undoable = undoable ? *undoable : std::nullopt;
        change.redoable = redoable ? *redoable : std::nullopt;
        deliver([this, change = std::move(change)]() mutable { apply(std::move(change)); });
    });
}

// ---- what the window sees -----------------------------------------------------------------------------------------------

void ProjectSession::apply(Change&& change)
{
    const bool progressive = !change.reset && !change.rows.empty() && !view_.rowOf(change.rows.front().id);
    if (change.labels)
        view_.labels = std::move(*change.labels);
    if (change.runs)
        view_.runs = std::move(*change.runs);
    if (change.columns)
        view_.columns = std::move(*change.columns);
    std::vector<int> changed;
    if (change.reset) {
        std::vector<ClipRow> before = std::exchange(view_.rows, std::move(change.rows));
        const auto places = std::exchange(view_.places, std::move(change.places));
        for (ClipRow& row : view_.rows) // predictions are no part of what was read
            if (const auto place = places.find(row.id); place != places.end()) {
                row.prediction = before[place->second].prediction;
                row.confidence = before[place->second].confidence;
            }
    } else if (progressive) {
        const std::size_t first = view_.rows.size();
        for (ClipRow& row : change.rows) {
            view_.places.emplace(row.id, view_.rows.size());
            view_.rows.push_back(std::move(row));
        }
        Q_EMIT rowsAppended(static_cast<int>(first), static_cast<int>(view_.rows.size() - first));
    } else {
        for (ClipRow& row : change.rows)
            if (const auto place = view_.rowOf(row.id)) {
                ClipRow& old = view_.rows[*place];
                row.split = old.split;
                row.prediction = old.prediction;
                row.confidence = old.confidence;
                old = std::move(row);
                changed.push_back(static_cast<int>(*place));
            }
        std::ranges::sort(changed);
    }
    if (change.splits) {
        view_.splits = std::move(*change.splits);
        for (std::size_t i = 0; i < view_.rows.size(); ++i) {
            const auto split = change.splitOf.find(view_.rows[i].id);
            view_.rows[i].split = split == change.splitOf.end() ? -1 : split->second;
        }
    }
    if (change.shownRunChanged) {
        view_.shownRun = change.shownRun;
        view_.predictionLabels = std::move(change.predictionLabels);
        for (ClipRow& row : view_.rows) {
            const auto shown = change.predictions.find(row.id);
            row.prediction = shown == change.predictions.end() ? -1 : shown->second.label;
            row.confidence = shown == change.predictions.end() ? 0 : shown->second.score;
        }
    }
    if (!progressive && (view_.undoable != change.undoable || view_.redoable != change.redoable)) {
        view_.undoable = std::move(change.undoable);
        view_.redoable = std::move(change.redoable);
        Q_EMIT undoChanged();
    }
    if (change.labels)
        Q_EMIT labelSetChanged();
    if (change.reset)
        Q_EMIT rowsReset();
    else if (!changed.empty())
        Q_EMIT rowsChanged(changed);
    if (change.splits)
        Q_EMIT splitsChanged();
    if (change.runs)
        Q_EMIT runsChanged();
    if (change.shownRunChanged)
        Q_EMIT shownRunChanged();
}

// ---- edits --------------------------------------------------------------------------------------------------------------

void ProjectSession::edit(std::function<Result<Touched>(Project&)> work)
{
    post([this, work = std::move(work)](Project& project) {
        Result<Touched> touched = work(project);
        if (!touched)
            return deliver([this, error = std::move(touched.error())] { Q_EMIT failed(error); });
        tellChange(project, *touched);
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
    edit([clips = std::move(clips)](Project& project) { return touching(project.removeClips(clips), {.allRows = true}); });
}

void ProjectSession::setLabelSet(std::vector<LabelClass> classes)
{
    edit([classes = std::move(classes)](Project& project) { return touching(project.setLabelSet(classes), {.labelSet = true}); });
}

void ProjectSession::undo()
{
    edit([](Project& project) -> Result<Touched> {
        EARMARK_TRY(const bool done, project.undo());
        return Touched{.allRows = done};
    });
}

void ProjectSession::redo()
{
    edit([](Project& project) -> Result<Touched> {
        EARMARK_TRY(const bool done, project.redo());
        return Touched{.allRows = done};
    });
}

void ProjectSession::askClip(QObject* context, ClipId id, std::function<void(Result<Clip>)> take)
{
    ask(context, [id](Project& project) { return project.clip(id); }, std::move(take));
}

} // namespace earmark
