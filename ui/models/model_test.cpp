#include "ui/models/model_test.h"

#include <algorithm>
#include <unordered_set>

#include "engine/eval/report_file.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

using LabelsNow = std::vector<std::pair<ClipId, std::vector<std::int64_t>>>;

/// Reports on regions speak of a clip several times; the clip's labels are not theirs.
bool namesClipsOnce(const ClassificationReport& report)
{
    std::unordered_set<std::int64_t> seen;
    return std::ranges::all_of(report.perClip, [&](const ReportedClip& clip) { return seen.insert(clip.id).second; });
}

std::shared_ptr<const TestResult> withLabelsOfNow(const std::shared_ptr<const TestResult>& heard, const LabelsNow& now, const std::vector<LabelClass>& classes)
{
    if (!namesClipsOnce(heard->report))
        return heard;
    std::unordered_map<std::int64_t, std::string> names;
    for (const LabelClass& one : classes)
        names.emplace(one.id, one.name);
    std::unordered_map<std::int64_t, std::vector<std::string>> labels;
    for (const auto& [clip, ids] : now)
        for (const std::int64_t id : ids)
            labels[clip].push_back(names[id]);
    return std::make_shared<const TestResult>(relabelled(*heard, labels));
}

} // namespace

ModelTest::ModelTest(Workspace& workspace, QObject* parent) : QObject(parent), workspace_(workspace), worker_(1)
{
    soon_.setSingleShot(true);
    soon_.setInterval(30);
    connect(&soon_, &QTimer::timeout, this, &ModelTest::renew);
    ProjectSession& project = workspace.project();
    const auto renewSoon = [this] {
        if (known_.contains(key()))
            soon_.start();
    };
    connect(&project, &ProjectSession::rowsChanged, this, renewSoon);
    connect(&project, &ProjectSession::rowsReset, this, renewSoon);
    connect(&project, &ProjectSession::labelSetChanged, this, renewSoon);
    connect(&project, &ProjectSession::loadingChanged, this, renewSoon);
    connect(&project, &ProjectSession::opened, this, &ModelTest::follow);
    connect(&project, &ProjectSession::runsChanged, this, &ModelTest::follow);
    connect(&project, &ProjectSession::splitsChanged, this, &ModelTest::choiceChanged);
    connect(&project, &ProjectSession::closed, this, &ModelTest::forget);
    if (project.state() == ProjectSession::State::open)
        follow();
}

std::vector<ModelTest::Model> ModelTest::runs() const
{
    std::vector<Model> found;
    const std::vector<Run>& all = workspace_.view().runs;
    for (auto run = all.rbegin(); run != all.rend(); ++run)
        if ((run->state == "finished" || run->state == "stopped") && !run->labels.empty() && !run->folder.empty())
            found.push_back({.run = run->id, .folder = run->folder, .name = shown(run->name), .labels = run->labels});
    return found;
}

ModelTest::Model ModelTest::folderModel(const std::string& folder) { return {.folder = folder, .name = fileName(folder)}; }

QString ModelTest::dataText(const Data& data) const
{
    if (data.outside)
        return fileName(data.name);
    if (data.name.empty())
        return tr("All clips");
    return data.name == "test" ? tr("Test split") : data.name == "validation" ? tr("Validation split") : data.name == "train" ? tr("Training split") : shown(data.name);
}

// ---- what is chosen ----

void ModelTest::follow()
{
    const std::vector<Model> all = runs();
    Q_EMIT runsChanged();
    if (model_ && model_->run && std::ranges::find(all, model_->run, &Model::run) == all.end())
        setModel(std::nullopt); // it was deleted
    if (!model_ && !all.empty())
        setModel(all.front());
}

void ModelTest::forget()
{
    known_.clear();
    model_.reset();
    data_.reset();
    choose();
    Q_EMIT runsChanged();
}

void ModelTest::setModel(const std::optional<Model>& model)
{
    if (model == model_)
        return;
    model_ = model;
    choose();
}

void ModelTest::setData(const Data& data)
{
    if (data == data_)
        return;
    data_ = data;
    choose();
}

void ModelTest::choose()
{
    ++generation_;
    result_.reset();
    const auto known = known_.find(key());
    if (known != known_.end() && data_)
        take(known->first, known->second);
    else if (model_ && model_->run)
        for (const Run& run : workspace_.view().runs)
            if (run.id == model_->run && !run.report.empty())
                readReport(run);
    Q_EMIT choiceChanged();
    Q_EMIT resultChanged();
}

// ---- what is known ----

void ModelTest::work(std::function<Shared()> make, std::function<void(Shared)> then)
{
    worker_.push({.key = ++jobsMade_, .work = [this, make = std::move(make), then = std::move(then)](const std::stop_token& stop) {
                      Shared made = make();
                      if (!stop.stop_requested())
                          mailbox_.post([made = std::move(made), then] { then(made); });
                  }});
}

void ModelTest::readReport(const Run& run)
{
    const auto make = [text = run.report, name = shown(run.name), folder = run.folder]() -> Shared {
        auto stored = parseReport(text);
        if (!stored || stored->report.perClip.empty())
            return nullptr;
        return std::make_shared<const TestResult>(
            analyse({.model = name, .modelFolder = folder, .split = stored->split, .report = std::move(stored->report)}));
    };
    work(make, [this, folder = run.folder, generation = generation_](const Shared& made) {
        if (!made)
            return;
        auto named = std::make_shared<TestResult>(*made);
        const Data data{.name = made->split};
        named->data = dataText(data);
        known_.emplace(Key(folder, data), named);
        if (generation != generation_)
            return;
        if (!data_) {
            data_ = data;
            Q_EMIT choiceChanged();
        }
        if (data_ == data)
            take(key(), known_.at(key()));
    });
}

void ModelTest::take(const Key& key, Shared result)
{
    known_[key] = result;
    if (key != this->key())
        return;
    if (result->ofProject)
        return renew();
    result_ = std::move(result);
    Q_EMIT resultChanged();
}

void ModelTest::renew()
{
    const auto heard = known_.find(key());
    if (heard == known_.end() || !heard->second->ofProject)
        return;
    LabelsNow now;
    now.reserve(workspace_.view().rows.size());
    for (const ClipRow& row : workspace_.view().rows)
        now.emplace_back(row.id, row.labels);
    const auto make = [heard = heard->second, now = std::move(now), classes = workspace_.view().labels] { return withLabelsOfNow(heard, now, classes); };
    work(make, [this, generation = generation_, heard = heard->second](const Shared& made) {
        const auto still = known_.find(key());
        if (generation != generation_ || still == known_.end() || still->second != heard)
            return;
        result_ = made;
        Q_EMIT resultChanged();
    });
}

// ---- the jobs ----

void ModelTest::start()
{
    if (!model_ || !data_ || session_)
        return;
    testedModel_ = model_;
    testedData_ = *data_;
    if (testedData_.outside)
        run(std::make_shared<SamplesSession>(SamplesPlan{.source = testedData_.name, .labels = model_->labels, .model = model_->folder}, dataText(testedData_)), false);
    else
        evaluate({});
}

void ModelTest::evaluate(std::vector<Sample> samples)
{
    const bool outside = testedData_.outside;
    EvaluatePlan plan{.model = testedModel_->folder,
                      .run = outside ? std::nullopt : testedModel_->run,
                      .split = outside ? std::string() : testedData_.name,
                      .samples = std::move(samples),
                      .options = workspace_.settings().computeOptions()};
    run(std::make_shared<EvaluateSession>(workspace_.project(), std::move(plan), testedModel_->name), true);
}

void ModelTest::run(std::shared_ptr<Session> session, bool queues)
{
    session_ = std::move(session);
    connect(session_.get(), &Session::progressed, this, &ModelTest::progressed);
    connect(session_.get(), &Session::stateChanged, this, &ModelTest::progressed);
    connect(session_.get(), &Session::ended, this, &ModelTest::sessionEnded);
    const auto kept = session_;
    queues ? workspace_.queue().enqueue(kept) : workspace_.queue().startNow(kept);
    Q_EMIT runningChanged();
}

void ModelTest::stop()
{
    if (session_)
        session_->stop();
}

void ModelTest::sessionEnded()
{
    const std::shared_ptr<Session> ended = std::move(session_);
    session_.reset();
    const bool isDone = ended && ended->state() == Session::State::finished;
    if (const auto samples = std::dynamic_pointer_cast<SamplesSession>(ended); samples && isDone) {
        if (!samples->samples().empty())
            return evaluate(samples->samples());
        workspace_.report({.code = "train.no_clips", .message = "There are no clips in " + quoteName(samples->plan().source) + ".", .path = samples->plan().source});
    }
    if (const auto evaluated = std::dynamic_pointer_cast<EvaluateSession>(ended); evaluated && isDone)
        conclude(evaluated);
    Q_EMIT runningChanged();
}

void ModelTest::conclude(const std::shared_ptr<EvaluateSession>& session)
{
    const QString model = testedModel_->name, text = dataText(testedData_);
    const auto make = [session, model, text, data = testedData_]() -> Shared {
        TestResult result{.model = model,
                          .modelFolder = session->plan().model,
                          .data = text,
                          .split = session->plan().split,
                          .ofProject = !data.outside,
                          .unknownLabels = session->unknownLabels(),
                          .leftOut = session->leftOut(),
                          .report = session->report().value()};
        for (const Sample& sample : session->plan().samples)
            result.sounds.emplace(sample.id, sample);
        return std::make_shared<const TestResult>(analyse(std::move(result)));
    };
    work(make, [this, key = Key(testedModel_->folder, testedData_)](const Shared& made) { take(key, made); });
}

} // namespace earmark
