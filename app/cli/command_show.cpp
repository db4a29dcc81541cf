#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "engine/audio/decode.h"
#include "engine/base/file.h"
#include "engine/compute/model_cache.h"
#include "engine/dataset/project.h"

namespace earmark::cli
{

namespace
{

namespace fs = std::filesystem;

/// Every fact a line, names of lists with how many there are.
void printText(Console& console, const Json& object)
{
    for (const auto& [key, value] : object.items()) {
        if (value.is_object()) {
            console.print(key);
            for (const auto& [name, entry] : value.items())
                console.print("    " + shownName(name) + "  " + (entry.is_string() ? shownName(entry.get<std::string>()) : oneLine(entry)));
        } else if (value.is_array()) {
            console.print(key + "  " + std::to_string(value.size()));
            for (const Json& entry : value)
                console.print("    " + (entry.is_string() ? shownName(entry.get<std::string>()) : oneLine(entry)));
        } else {
            console.print(key + "  " + (value.is_string() ? shownName(value.get<std::string>()) : oneLine(value)));
        }
    }
}

template <class Pairs> Json asObject(const Pairs& pairs)
{
    Json object = Json::object();
    for (const auto& [name, value] : pairs)
        object[name] = value;
    return object;
}

Json runJson(const Run& run)
{
    return {{"id", run.id}, {"name", run.name}, {"folder", run.folder}, {"base", run.base}, {"state", run.state}, {"started", run.started}};
}

Result<Json> describeProject(const std::string& path, Console& console)
{
    EARMARK_TRY(const Project project, Project::open(path, Access::read));
    EARMARK_TRY(const ProjectSummary summary, project.summary());
    EARMARK_TRY(const auto runs, project.runs());
    EARMARK_TRY(const auto changes, project.changedFiles());
    Json runList = Json::array(), changed = Json::array();
    for (const Run& run : runs)
        runList.push_back(runJson(run));
    for (const FileChange& change : changes)
        changed.push_back({{"file", change.path}, {"missing", change.missing}, {"clips", change.clips}});
    if (!changes.empty())
        console.warn(std::to_string(changes.size()) + " files changed or went missing since they were imported.");
    return Json{{"kind", "project"},
                {"path", path},
                {"schema_version", summary.schemaVersion},
                {"clips", summary.clips},
                {"labelled", summary.labelled},
                {"seconds", summary.seconds},
                {"groups", summary.groups},
                {"regions", summary.regions},
                {"transcripts", summary.transcripts},
                {"labels", asObject(summary.labels)},
                {"numbers", asObject(summary.numbers)},
                {"splits", asObject(summary.splits)},
                {"columns", summary.columns},
                {"runs", std::move(runList)},
                {"changed_files", std::move(changed)}};
}

Result<Json> describeModel(const std::string& path)
{
    EARMARK_TRY(Compute * compute, openCompute());
    EARMARK_TRY(const ModelDescription model, compute->describeModel(path));
    return Json{{"kind", "model"},
                {"path", model.path.empty() ? path : model.path},
                {"family", model.family},
                {"architecture", model.architecture},
                {"task", model.task},
                {"problem_type", model.problemType},
                {"parameters", model.parameters},
                {"bytes", model.bytes},
                {"sample_rate", model.sampleRate},
                {"labels", model.labels},
                {"facts", asObject(model.facts)},
                {"newly_made", model.newlyMade},
                {"left_over", model.leftOver},
                {"remarks", messagesOf(model.remarks)}};
}

Result<Json> describeAudio(const std::string& path)
{
    EARMARK_TRY(const AudioFacts facts, probeAudio({.path = path}));
    return Json{{"kind", "audio"},
                {"path", path},
                {"sample_rate", facts.sampleRate},
                {"channels", facts.channels},
                {"duration", facts.duration},
                {"container", facts.container},
                {"codec", facts.codec},
                {"sample_format", facts.sampleFormat},
                {"bit_rate", facts.bitRate}};
}

bool isProject(const std::string& path)
{
    if (fs::path(path).extension() == ".earmark")
        return true;
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::string start(magic.size(), '\0');
    std::FILE* file = std::fopen(path.c_str(), "rb");
    const bool read = file && std::fread(start.data(), 1, start.size(), file) == start.size();
    if (file)
        std::fclose(file);
    return read && start == magic;
}

Result<Json> describe(const std::string& path, Console& console)
{
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_directory(status))
        return describeModel(path);
    if (fs::exists(status))
        return isProject(path) ? describeProject(path, console) : describeAudio(path);
    if (const auto model = findModel(path))
        return describeModel(*model);
    return tl::unexpected(systemError(ENOENT, "open", path, false));
}

} // namespace

void addShow(Commands& commands)
{
    auto path = std::make_shared<std::string>();
    CLI::App* command = commands.add("show", "Describes a project, a model folder or an audio file");
    addText(command, "PATH", *path, "What to describe")->required();
    commands.setAction(command, [path](Context& context) -> Result<int> {
        EARMARK_TRY(const Json description, describe(*path, context.console));
        if (context.json())
            context.console.printJson(description);
        else
            printText(context.console, description);
        return 0;
    });
}

} // namespace earmark::cli
