#include "engine/neural/train/run_checkpoint.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/models/registry.h"

namespace earmark::neural
{

namespace fs = std::filesystem;

namespace
{

constexpr const char* progressName = "resume.json";
constexpr const char* optimiserName = "optimizer.safetensors";
constexpr const char* stateName = "trainer_state.json";
constexpr int formatVersion = 2;

std::string toHex(const torch::Tensor& bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    if (!bytes.defined())
        return text;
    const torch::Tensor flat = bytes.contiguous();
    const std::uint8_t* data = flat.const_data_ptr<std::uint8_t>();
    for (std::int64_t i = 0; i < flat.numel(); ++i)
        text += {digits[data[i] >> 4], digits[data[i] & 15]};
    return text;
}

torch::Tensor fromHex(const std::string& text)
{
    if (text.empty() || text.size() % 2)
        return {};
    torch::Tensor bytes = torch::empty({static_cast<std::int64_t>(text.size() / 2)}, torch::kUInt8);
    std::uint8_t* data = bytes.mutable_data_ptr<std::uint8_t>();
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const char* first = text.data() + i;
        if (std::from_chars(first, first + 2, data[i / 2], 16).ptr != first + 2)
            return {};
    }
    return bytes;
}

Json toJson(const RandomState& random)
{
    return {{"cpu", toHex(random.cpu)}, {"cuda", toHex(random.cuda)}, {"numpy", random.numpy}, {"python", random.python}};
}

RandomState randomFrom(const Json& json)
{
    return {.cpu = fromHex(json.at("cpu").get<std::string>()),
            .cuda = fromHex(json.at("cuda").get<std::string>()),
            .numpy = json.at("numpy").get<std::string>(),
            .python = json.at("python").get<std::string>()};
}

Json toJson(const RunProgress& p)
{
    return {{"format", formatVersion},
            {"epoch", p.epoch},
            {"batches_done", p.batchesDone},
            {"random_at_epoch_start", toJson(p.epochStart)},
            {"random", toJson(p.now)},
            {"pending", {{"evaluate", p.pending.evaluate}, {"save", p.pending.save}, {"end_of_epoch", p.pending.endOfEpoch}}},
            {"scheduler", p.schedule},
            {"scaler", p.scaler},
            {"pretraining", p.pretraining},
            {"loss_sum", p.lossSum},
            {"total_loss", p.totalLoss},
            {"last_logged_step", p.lastLoggedStep},
            {"seconds", p.seconds},
            {"settings", p.settings},
            {"data", p.data},
            {"validation_data", p.validationData}};
}

std::optional<RunProgress> progressFrom(const Json& json)
{
    try {
        RunProgress p;
        if (json.at("format").get<int>() != formatVersion)
            return std::nullopt;
        p.epoch = json.at("epoch").get<std::int64_t>();
        p.batchesDone = json.at("batches_done").get<std::int64_t>();
        p.epochStart = randomFrom(json.at("random_at_epoch_start"));
        p.now = randomFrom(json.at("random"));
        const Json& pending = json.at("pending");
        p.pending = {pending.at("evaluate").get<bool>(), pending.at("save").get<bool>(), pending.at("end_of_epoch").get<bool>()};
        p.schedule = json.at("scheduler");
        p.scaler = json.at("scaler");
        p.pretraining = json.value("pretraining", Json());
        p.lossSum = json.at("loss_sum").get<double>();
        p.totalLoss = json.at("total_loss").get<double>();
        p.lastLoggedStep = json.at("last_logged_step").get<std::int64_t>();
        p.seconds = json.at("seconds").get<double>();
        p.settings = json.at("settings").get<std::string>();
        p.data = json.at("data").get<std::string>();
        p.validationData = json.at("validation_data").get<std::string>();
        return p;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

tl::unexpected<Error> damaged(const std::string& file)
{
    return failure("train.cannot_resume", quoteName(file) + " is damaged or of another version. Remove that checkpoint folder to go on from an earlier one.",
                   file);
}

/// Renamed first: a checkpoint is complete or absent, also where the deleting is cut short.
void removeCheckpoint(const std::string& runFolder, std::int64_t step)
{
    std::error_code ignored;
    const std::string path = runFolder + "/" + checkpointName(step);
    const std::string doomed = path + ".removed";
    fs::remove_all(doomed, ignored);
    fs::rename(path, doomed, ignored);
    fs::remove_all(doomed, ignored);
}

/// Where the training stands when its totals were last written: NaN has no place in JSON.
RunProgress finite(RunProgress progress)
{
    for (double* value : {&progress.lossSum, &progress.totalLoss})
        if (!std::isfinite(*value))
            *value = 0;
    return progress;
}

} // namespace

std::string checkpointName(std::int64_t step) { return "checkpoint-" + std::to_string(step); }

Result<std::string> writeCheckpoint(const std::string& runFolder, const ModelParts& model, const StateDict& optimiser, const RunProgress& progress,
                                    bool onlyModel)
{
    const std::string path = runFolder + "/" + checkpointName(progress.state.global_step);
    EARMARK_TRY_VOID(writeFolderAtomically(path, [&](const std::string& folder) -> Result<void> {
        EARMARK_TRY_VOID(saveModel(model, folder));
        EARMARK_TRY_VOID(writeFileAtomically(folder + "/" + stateName, progress.state.toJson(false)));
        if (onlyModel)
            return {};
        EARMARK_TRY_VOID(writeSafetensors(folder + "/" + optimiserName, optimiser));
        return writeFileAtomically(folder + "/" + progressName, dumpJson(toJson(finite(progress))));
    }));
    return path;
}

std::vector<std::int64_t> checkpointSteps(const std::string& runFolder)
{
    std::vector<std::int64_t> steps;
    std::error_code ignored;
    constexpr std::string_view prefix = "checkpoint-";
    for (const auto& entry : fs::directory_iterator(runFolder, ignored)) {
        const std::string name = entry.path().filename().string();
        std::int64_t step = 0;
        if (!name.starts_with(prefix) || !entry.is_directory(ignored))
            continue;
        const auto [end, error] = std::from_chars(name.data() + prefix.size(), name.data() + name.size(), step);
        if (error == std::errc() && end == name.data() + name.size()) // not a .partial one
            steps.push_back(step);
    }
    std::ranges::sort(steps);
    return steps;
}

std::optional<std::int64_t> latestResumable(const std::string& runFolder)
{
    std::error_code ignored;
    std::optional<std::int64_t> latest;
    for (const std::int64_t step : checkpointSteps(runFolder))
        if (fs::exists(runFolder + "/" + checkpointName(step) + "/" + progressName, ignored))
            latest = step;
    return latest;
}

Result<ReadCheckpoint> readCheckpoint(const std::string& folder)
{
    ReadCheckpoint read;
    EARMARK_TRY(const Json progress, readJson(folder + "/" + progressName, "train.cannot_resume"));
    EARMARK_TRY(const Json state, readJson(folder + "/" + stateName, "train.cannot_resume"));
    auto parsedProgress = progressFrom(progress);
    if (!parsedProgress)
        return damaged(folder + "/" + progressName);
    auto parsedState = TrainerState::fromJson(state);
    if (!parsedState)
        return damaged(folder + "/" + stateName);
    read.progress = std::move(*parsedProgress);
    read.progress.state = std::move(*parsedState);
    EARMARK_TRY(read.optimiser, readSafetensors(folder + "/" + optimiserName));
    return read;
}

void rotateCheckpoints(const std::string& runFolder, std::int64_t limit, std::int64_t bestStep)
{
    std::vector<std::int64_t> steps = checkpointSteps(runFolder);
    if (limit <= 0 || static_cast<std::int64_t>(steps.size()) <= limit)
        return;
    const auto best = std::ranges::find(steps, bestStep);
    if (best != steps.end()) {
        if (limit == 1 && steps.back() != bestStep)
            limit = 2; // the last one stays, so that the run can go on
        if (best < steps.end() - 1)
            std::rotate(best, best + 1, steps.end() - 1);
    }
    for (std::size_t i = 0; i + static_cast<std::size_t>(limit) < steps.size(); ++i)
        removeCheckpoint(runFolder, steps[i]);
}

void keepOnlyCheckpoint(const std::string& runFolder, std::int64_t kept)
{
    for (const std::int64_t step : checkpointSteps(runFolder))
        if (step != kept)
            removeCheckpoint(runFolder, step);
}

void removeRemains(const std::string& runFolder)
{
    std::error_code ignored;
    std::vector<fs::path> remains;
    for (const auto& entry : fs::directory_iterator(runFolder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("checkpoint-") && (name.ends_with(".removed") || name.find(".partial-") != std::string::npos))
            remains.push_back(entry.path());
    }
    for (const fs::path& path : remains)
        fs::remove_all(path, ignored);
}

} // namespace earmark::neural
