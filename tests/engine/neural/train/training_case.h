// What tests of whole trainings share: a folder of their own with a base and clips, runs with given settings on one thread, and all that a run tells.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/train/train_job.h"

#undef slots
#include <QTemporaryDir>
#include <QtTest>

namespace earmark::neural
{

using Settings = std::vector<std::pair<std::string, std::string>>;

inline Settings operator+(Settings a, const Settings& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

struct Recorder final : TrainObserver {
    void remark(const Remark& remark) override { remarks.push_back(remark); }
    void progress(std::int64_t step, std::int64_t) override
    {
        if (step == deleteAt)
            std::filesystem::remove_all(folder);
        if (step == stopAt)
            stop.request_stop();
    }
    void step(const StepEvent& event) override { steps.push_back(event); }
    void evaluated(const EvaluateEvent& event) override { evaluations.push_back(event); }
    void checkpoint(const CheckpointEvent& event) override { checkpoints.push_back(event.step); }

    const Remark* told(const std::string& code) const
    {
        const auto found = std::ranges::find(remarks, code, &Remark::code);
        return found == remarks.end() ? nullptr : &*found;
    }
    /// The last loss is below this share of the first.
    bool lossFellTo(double share) const { return steps.back().loss < share * steps.front().loss; }
    std::map<std::string, double> last() const { return {evaluations.back().metrics.begin(), evaluations.back().metrics.end()}; }

    std::vector<Remark> remarks;
    std::vector<StepEvent> steps;
    std::vector<EvaluateEvent> evaluations;
    std::vector<std::int64_t> checkpoints;
    std::int64_t stopAt = -1;
    std::int64_t deleteAt = -1; ///< somebody deletes the run's `folder`
    std::string folder;
    std::stop_source stop;
};

class TrainingCase : public QObject
{
protected:
    explicit TrainingCase(std::string task = "classification") : task_(std::move(task)) {}

    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    template <class Value> static std::string code(const Result<Value>& result) { return result ? std::string() : result.error().code; }

    /// Adds clip number `id`, whose file clipID.wav is there, to the training set, or from `trained` on to the validation set.
    void add(int id, int trained, Sample sample)
    {
        sample.id = id;
        sample.name = "clip" + std::to_string(id);
        sample.clip.source.path = clipPath(id);
        (id < trained ? train_ : validation_).push_back(std::move(sample));
    }
    std::string clipPath(int id) const { return path("clip" + std::to_string(id) + ".wav"); }

    /// From `base_`. Error: that of a setting that is refused.
    Result<TrainRequest> request(const std::string& out, const Settings& settings) const
    {
        TrainRequest request{.base = base_, .out = path(out), .task = task_, .train = train_, .validation = validation_, .report = validation_,
                             .reportSplit = "validation"};
        request.overwrite = overwrite_;
        request.options.device = "cpu";
        request.options.threads = 1;
        for (const auto& [key, value] : settings)
            EARMARK_TRY_VOID(request.recipe.set(key, value));
        return request;
    }

    static Result<TrainOutcome> run(const TrainRequest& asked, Recorder& recorder)
    {
        return Executor::instance().run([&] { return guarded([&] { return runTraining(asked, recorder, recorder.stop.get_token(), {}); }); });
    }

    Result<TrainOutcome> run(const std::string& out, const Settings& settings, Recorder& recorder, bool resume = false) const
    {
        EARMARK_TRY(TrainRequest asked, request(out, settings));
        asked.resume = resume;
        return run(asked, recorder);
    }

    QTemporaryDir folder_;
    std::string base_ = path("base");
    std::vector<Sample> train_;
    std::vector<Sample> validation_;
    bool overwrite_ = false; ///< runs that are there

private:
    const std::string task_;
};

} // namespace earmark::neural
