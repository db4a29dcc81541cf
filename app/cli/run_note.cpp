#include "app/cli/run_note.h"

namespace earmark::cli
{

namespace
{

constexpr std::chrono::milliseconds patience{10000}; // somebody may be labelling in the window

Result<RunRecord> begin(const std::string& path, const TrainRequest& request)
{
    EARMARK_TRY(Project project, Project::open(path, Access::write, {.wait = patience}));
    EARMARK_TRY(RunRecord record, RunRecord::begin(project, request));
    EARMARK_TRY_VOID(project.close());
    return record;
}

Result<void> finish(const std::string& path, const RunRecord& record, const Result<TrainOutcome>& outcome)
{
    EARMARK_TRY(Project project, Project::open(path, Access::write, {.wait = patience}));
    EARMARK_TRY_VOID(record.end(project, outcome));
    return project.close();
}

} // namespace

RunNote::RunNote(Console& console, std::string project, const TrainRequest& request) : console_(console), project_(std::move(project))
{
    Result<RunRecord> record = begin(project_, request);
    if (record)
        record_.emplace(std::move(*record));
    else
        console_.warn("The run is not recorded in the project. " + record.error().message);
}

void RunNote::end(const Result<TrainOutcome>& outcome)
{
    if (!record_)
        return;
    if (const auto ended = finish(project_, *record_, outcome); !ended)
        console_.warn("The run's end is not recorded in the project. " + ended.error().message);
}

} // namespace earmark::cli
