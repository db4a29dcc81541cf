#include "app/cli/run_record.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/dataset/project.h"

namespace earmark::cli
{

namespace
{

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds patience{10000}; // somebody may be labelling in the window

std::string absolute(const fs::path& path, const fs::path& base)
{
    std::error_code ignored;
    return fs::weakly_canonical(path.is_absolute() ? path : base / path, ignored).string();
}

/// The run that was noted for this folder before.
std::optional<Run> runIn(const std::vector<Run>& runs, const std::string& folder, const std::string& project)
{
    const fs::path beside = fs::absolute(project).parent_path();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (absolute(run->folder, beside) == absolute(folder, fs::current_path()))
            return *run;
    return std::nullopt;
}

std::vector<Prediction> predictionsOf(const ClassificationReport& report, const std::string& split)
{
    std::vector<Prediction> predictions;
    for (const ReportedClip& clip : report.perClip) {
        Prediction& prediction = predictions.emplace_back(Prediction{.clip = clip.id, .split = split, .scores = clip.scores});
        if (clip.prediction >= 0)
            prediction.label = report.labels.at(static_cast<std::size_t>(clip.prediction));
    }
    return predictions;
}

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

RunRecord::RunRecord(Console& console, std::string project, const TrainRequest& request)
    : console_(console), project_(std::move(project)), folder_(request.out)
{
    const Result<std::int64_t> id = begin(request);
    if (id)
        id_ = *id;
    else
        console_.warn("The run is not recorded in the project. " + id.error().message);
}

void RunRecord::finish(const TrainOutcome& outcome, const std::string& split)
{
    warn(end(outcome.stopped ? "stopped" : "finished", &outcome, split));
}

void RunRecord::fail() { warn(end("failed", nullptr, {})); }

Result<std::int64_t> RunRecord::begin(const TrainRequest& request) const
{
    EARMARK_TRY(Project project, Project::open(project_, Access::write, {.wait = patience}));
    EARMARK_TRY(const auto runs, project.runs());
    Run run = runIn(runs, folder_, project_).value_or(Run());
    run.name = fs::path(folder_).filename().string();
    run.folder = absolute(folder_, fs::current_path());
    run.base = request.base;
    run.settings = request.recipe.toJson();
    run.state = "running";
    run.ended.reset();
    if (run.id == 0) {
        EARMARK_TRY(run.id, project.addRun(run));
    } else {
        EARMARK_TRY_VOID(project.updateRun(run));
    }
    EARMARK_TRY_VOID(project.close());
    return run.id;
}

Result<void> RunRecord::end(const std::string& state, const TrainOutcome* outcome, const std::string& split) const
{
    if (id_ == 0)
        return {};
    EARMARK_TRY(Project project, Project::open(project_, Access::write, {.wait = patience}));
    EARMARK_TRY(auto runs, project.runs());
    const auto run = std::ranges::find(runs, id_, &Run::id);
    if (run == runs.end())
        return {};
    run->state = state;
    run->ended = now();
    if (const auto settings = readFile(folder_ + "/run.json"))
        run->settings = *settings;
    if (outcome && outcome->report) {
        run->labels = outcome->report->labels;
        run->report = toJson(*outcome->report, split);
    }
    EARMARK_TRY_VOID(project.updateRun(*run));
    if (outcome && outcome->report)
        EARMARK_TRY_VOID(project.addPredictions(id_, predictionsOf(*outcome->report, split)));
    return project.close();
}

void RunRecord::warn(const Result<void>& result) const
{
    if (!result)
        console_.warn("The run's end is not recorded in the project. " + result.error().message);
}

} // namespace earmark::cli
