#include "engine/dataset/run_history.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/base/file.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t mostBytes = 256u << 20;
constexpr const char* stateName = "trainer_state.json";
constexpr const char* progressName = "resume.json"; // none where only the model was saved

Json parsed(std::string_view text)
{
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 16; };
    return Json::parse(text, shallow, false);
}

/// JSON has no NaN: a number that was none stands as null.
double numberAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::int64_t wholeAt(const Json& object, const char* key)
{
    const double value = numberAt(object, key);
    return value >= 0 && value < 9e15 ? static_cast<std::int64_t>(value) : 0;
}

EvaluateEvent evaluationOf(const Json& entry)
{
    EvaluateEvent event{.step = wholeAt(entry, "step"), .epoch = numberAt(entry, "epoch")};
    for (const auto& [name, value] : entry.items())
        if (name.starts_with("eval_") && value.is_number())
            event.metrics.emplace_back(name, value.get<double>());
    return event;
}

std::optional<std::int64_t> stepOf(const std::string& name)
{
    constexpr std::string_view prefix = "checkpoint-";
    std::int64_t step = 0;
    if (!name.starts_with(prefix))
        return std::nullopt;
    const auto [end, error] = std::from_chars(name.data() + prefix.size(), name.data() + name.size(), step);
    return error == std::errc() && end == name.data() + name.size() ? std::optional(step) : std::nullopt;
}

/// Folders of the complete checkpoints, the latest first.
std::vector<fs::path> checkpoints(const std::string& folder)
{
    std::vector<std::pair<std::int64_t, fs::path>> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (const auto step = stepOf(entry->path().filename().string()))
            found.emplace_back(*step, entry->path());
    std::ranges::sort(found, std::greater(), &std::pair<std::int64_t, fs::path>::first);
    std::vector<fs::path> paths;
    for (auto& [step, path] : found)
        paths.push_back(std::move(path));
    return paths;
}

} // namespace

Result<RunHistory> parseRunHistory(std::string_view trainerState)
{
    const Json state = parsed(trainerState);
    if (!state.is_object() || !state.contains("log_history") || !state["log_history"].is_array())
        return failure("io.unreadable", "The log of the run is no trainer_state.json.");
    RunHistory history{.totalSteps = wholeAt(state, "max_steps"), .bestStep = wholeAt(state, "best_global_step")};
    if (const double best = numberAt(state, "best_metric"); std::isfinite(best))
        history.bestMetric = best;
    for (const Json& entry : state["log_history"]) {
        if (!entry.is_object())
            continue;
        if (entry.contains("loss"))
            history.steps.push_back({.step = wholeAt(entry, "step"),
                                     .epoch = numberAt(entry, "epoch"),
                                     .loss = numberAt(entry, "loss"),
                                     .gradientNorm = numberAt(entry, "grad_norm"),
                                     .learningRate = numberAt(entry, "learning_rate"),
                                     .totalSteps = history.totalSteps});
        else if (entry.contains("eval_loss"))
            history.evaluations.push_back(evaluationOf(entry));
    }
    return history;
}

Result<RunHistory> readRunHistory(const std::string& folder)
{
    Result<std::string> text = readFile(folder + "/" + stateName, mostBytes);
    for (const fs::path& checkpoint : checkpoints(folder)) {
        if (text)
            break;
        text = readFile((checkpoint / stateName).string(), mostBytes);
    }
    if (!text)
        return tl::unexpected(std::move(text.error()));
    return parseRunHistory(*text);
}

std::optional<RunScore> scoreOf(std::string_view report)
{
    const Json json = parsed(report);
    if (!json.is_object() || !json.contains("accuracy") || !json["accuracy"].is_number())
        return std::nullopt;
    RunScore score{.clips = wholeAt(json, "clips"), .accuracy = numberAt(json, "accuracy")};
    score.interval = {score.accuracy, score.accuracy};
    if (json.contains("split") && json["split"].is_string())
        score.split = json["split"].get<std::string>();
    if (const auto interval = json.find("accuracy_interval");
        interval != json.end() && interval->is_array() && interval->size() == 2 && (*interval)[0].is_number() && (*interval)[1].is_number())
        score.interval = {(*interval)[0].get<double>(), (*interval)[1].get<double>()};
    return score;
}

bool canResume(const std::string& folder)
{
    std::error_code ignored;
    return std::ranges::any_of(checkpoints(folder), [&](const fs::path& path) { return fs::exists(path / progressName, ignored); });
}

} // namespace earmark
