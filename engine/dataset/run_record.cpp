#include "engine/dataset/run_record.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/dataset/paths.h"
#include "engine/dataset/project_private.h"
#include "engine/dataset/store/write_lock.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;

/// The run that was noted for this folder before.
std::optional<Run> runIn(const std::vector<Run>& runs, const std::string& folder)
{
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (!run->folder.empty() && realPath(run->folder) == folder)
            return *run;
    return std::nullopt;
}

/// Null where the place cannot be written to: the run itself will say so.
Result<std::unique_ptr<WriteLock>> lockRun(const std::string& folder)
{
    std::error_code ignored;
    fs::create_directories(fs::path(folder).parent_path(), ignored);
    auto lock = WriteLock::acquire(folder, std::chrono::milliseconds(0));
    if (lock)
        return std::make_unique<WriteLock>(std::move(*lock));
    if (lock.error().code != "project.locked")
        return nullptr;
    const std::string holder = lock.error().parameters["holder"];
    return failure("project.locked", "The run in " + quoteName(folder) + " is going on in " + quoteName(holder) + ". Stop it there, then try again.",
                   folder, {{"holder", holder}});
}

std::string stateOf(const Result<TrainOutcome>& outcome)
{
    return !outcome ? "failed" : outcome->stopped ? "stopped" : "finished";
}

} // namespace

RunRecord::RunRecord(std::int64_t id, std::unique_ptr<WriteLock> lock, const TrainRequest& request)
    : id_(id), lock_(std::move(lock)), folder_(request.out), split_(request.reportSplit), ofClips_(!request.origin.contains("samples"))
{
}

RunRecord::RunRecord(RunRecord&&) noexcept = default;
RunRecord& RunRecord::operator=(RunRecord&&) noexcept = default;
RunRecord::~RunRecord() = default;

Result<RunRecord> RunRecord::begin(Project& project, const TrainRequest& request, const std::string& name)
{
    const std::string folder = realPath(request.out);
    EARMARK_TRY_VOID(endLostRuns(project));
    EARMARK_TRY(auto lock, lockRun(folder));
    EARMARK_TRY(const auto runs, project.runs());
    Run run = runIn(runs, folder).value_or(Run());
    if (!name.empty())
        run.name = name;
    else if (run.name.empty() || !request.resume)
        run.name = fs::path(folder).filename().string();
    run.folder = folder;
    run.base = request.base;
    run.settings = request.recipe.toJson();
    run.state = "running";
    run.ended.reset();
    if (run.id == 0) {
        EARMARK_TRY(run.id, project.addRun(run));
    } else {
        EARMARK_TRY_VOID(project.updateRun(run));
    }
    return RunRecord(run.id, std::move(lock), request);
}

Result<void> RunRecord::end(Project& project, const Result<TrainOutcome>& outcome) const
{
    EARMARK_TRY(auto runs, project.runs());
    const auto run = std::ranges::find(runs, id_, &Run::id);
    if (run == runs.end())
        return {};
    run->state = stateOf(outcome);
    run->ended = currentTime();
    if (const auto settings = readFile(folder_ + "/run.json"))
        run->settings = *settings;
    const bool reported = outcome && outcome->report;
    if (reported) {
        run->labels = outcome->report->labels;
        run->report = toJson(*outcome->report, split_);
    }
    const auto keep = [&](const auto& report) { // what such a model says of a clip is no one label: there are no predictions
        run->labels = report.labels;
        run->report = toJson(report, split_);
    };
    if (outcome && outcome->multiLabel)
        keep(*outcome->multiLabel);
    if (outcome && outcome->regression)
        keep(*outcome->regression);
    EARMARK_TRY_VOID(project.updateRun(*run));
    if (reported && ofClips_)
        return addPredictions(project, id_, *outcome->report, split_);
    return {};
}

Result<void> addPredictions(Project& project, std::int64_t run, const ClassificationReport& report, const std::string& split)
{
    EARMARK_TRY(const auto ids, project.clipIds());
    std::vector<Prediction> predictions;
    for (const ReportedClip& clip : report.perClip) {
        if (!std::ranges::binary_search(ids, clip.id))
            continue;
        Prediction& prediction = predictions.emplace_back(Prediction{.clip = clip.id, .split = split, .scores = clip.scores});
        if (clip.prediction >= 0)
            prediction.label = report.labels.at(static_cast<std::size_t>(clip.prediction));
    }
    return project.addPredictions(run, predictions);
}

Result<int> endLostRuns(Project& project)
{
    EARMARK_TRY(auto runs, project.runs());
    int lost = 0;
    for (Run& run : runs) {
        if (run.state != "running" || (!run.folder.empty() && !WriteLock::isFree(run.folder)))
            continue;
        run.state = "stopped";
        run.ended = currentTime();
        EARMARK_TRY_VOID(project.updateRun(run));
        ++lost;
    }
    return lost;
}

} // namespace earmark
