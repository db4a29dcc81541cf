#include "engine/dataset/training_request.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/base/file.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* regionUnit = "regions";

bool hasSplit(const std::vector<Split>& splits, const std::string& name)
{
    return std::ranges::find(splits, name, &Split::name) != splits.end();
}

void takeText(const Json& object, const char* key, std::string& field)
{
    if (const auto found = object.find(key); found != object.end() && found->is_string())
        field = found->get<std::string>();
}

} // namespace

Result<void> readTrainingSet(const Project& project, const TrainingSet& set, TrainRequest& request)
{
    EARMARK_TRY(const auto splits, project.splits());
    if (!hasSplit(splits, set.trainSplit))
        return failure("train.no_clips",
                       quoteName(project.path()) + " has no split named " + quoteName(set.trainSplit) +
                           ". Make one with “earmark-cli split”, or name another with --train-split.",
                       project.path(), {{"split", set.trainSplit}});
    EARMARK_TRY(request.train, project.samples(set.trainSplit, set.unit));
    if (hasSplit(splits, set.validationSplit)) {
        EARMARK_TRY(request.validation, project.samples(set.validationSplit, set.unit));
    }
    request.reportSplit = hasSplit(splits, set.testSplit) ? set.testSplit : set.validationSplit;
    request.report = request.validation;
    if (request.reportSplit != set.validationSplit) {
        EARMARK_TRY(request.report, project.samples(set.testSplit, set.unit));
    }
    EARMARK_TRY(request.datasetFingerprint, project.fingerprint(set.unit));
    request.origin["earmark_version"] = EARMARK_VERSION;
    request.origin["project"] = project.path();
    request.origin["train_split"] = set.trainSplit;
    request.origin["validation_split"] = set.validationSplit;
    request.origin["report_split"] = request.reportSplit;
    if (set.unit == SampleUnit::regions)
        request.origin["samples"] = regionUnit;
    return {};
}

std::string freeRunFolder(const std::string& project)
{
    const fs::path runs = fs::path(project).replace_extension().string() + "-runs";
    std::error_code ignored;
    int number = 1;
    while (fs::exists(runs / std::to_string(number), ignored))
        ++number;
    return (runs / std::to_string(number)).string();
}

Result<void> readRunJson(const std::string& path, TrainRequest& request, TrainingSet* set)
{
    EARMARK_TRY(const std::string text, readFile(path));
    if (auto applied = request.recipe.applyJson(text); !applied) {
        Error error = std::move(applied.error());
        error.message = quoteName(path) + ": " + error.message;
        error.path = path;
        return tl::unexpected(std::move(error));
    }
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 16; };
    const Json run = Json::parse(text, shallow, false);
    takeText(run, "base", request.base);
    takeText(run, "task", request.task);
    const auto origin = run.find("origin");
    if (origin == run.end() || !origin->is_object())
        return {};
    if (const auto name = origin->find("base_name"); name != origin->end() && name->is_string())
        request.origin["base_name"] = name->get<std::string>();
    if (!set)
        return {};
    takeText(*origin, "train_split", set->trainSplit);
    takeText(*origin, "validation_split", set->validationSplit);
    takeText(*origin, "report_split", set->testSplit);
    std::string unit;
    takeText(*origin, "samples", unit);
    set->unit = unit == regionUnit ? SampleUnit::regions : SampleUnit::clips;
    return {};
}

} // namespace earmark
