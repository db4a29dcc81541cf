#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "app/cli/model_place.h"
#include "app/cli/progress.h"
#include "app/cli/report_text.h"
#include "app/cli/run_record.h"
#include "engine/base/file.h"
#include "engine/dataset/project.h"

namespace earmark::cli
{

namespace
{

namespace fs = std::filesystem;

struct Options {
    std::string project;
    std::string base;
    std::string out;
    std::string task;
    std::string config;
    std::vector<std::string> settings; ///< NAME=VALUE
    std::string trainSplit = "train";
    std::string validationSplit = "validation";
    std::string testSplit = "test";
    bool resume = false;
    bool overwrite = false;
};

// ---- the request --------------------------------------------------------------------------------------------------------

/// The first free NAME-runs/N beside NAME.earmark.
std::string usualFolder(const std::string& project)
{
    const fs::path runs = fs::path(project).replace_extension().string() + "-runs";
    std::error_code ignored;
    int number = 1;
    while (fs::exists(runs / std::to_string(number), ignored))
        ++number;
    return (runs / std::to_string(number)).string();
}

/// Takes settings, base and task from a run.json; what the command line says comes later and wins.
Result<void> readRun(const std::string& path, TrainRequest& request)
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
    for (const auto& [key, field] : {std::pair("base", &request.base), std::pair("task", &request.task)})
        if (run.contains(key) && run[key].is_string())
            *field = run[key].get<std::string>();
    if (const Json origin = run.value("origin", Json::object()); origin.contains("base_name") && origin["base_name"].is_string())
        request.origin["base_name"] = origin["base_name"].get<std::string>();
    return {};
}

Result<void> applySettings(const std::vector<std::string>& settings, Recipe& recipe)
{
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos)
            return failure("usage", "--set takes NAME=VALUE, not " + quoteName(setting) + ".");
        EARMARK_TRY_VOID(recipe.set(setting.substr(0, equals), setting.substr(equals + 1)));
    }
    return {};
}

bool hasSplit(const std::vector<Split>& splits, const std::string& name)
{
    return std::ranges::find(splits, name, &Split::name) != splits.end();
}

Result<void> readProject(const Options& options, TrainRequest& request)
{
    EARMARK_TRY(const Project project, Project::open(options.project, Access::read));
    EARMARK_TRY(const auto splits, project.splits());
    if (!hasSplit(splits, options.trainSplit))
        return failure("train.no_clips",
                       quoteName(options.project) + " has no split named " + quoteName(options.trainSplit) +
                           ". Make one with “earmark-cli split”, or name another with --train-split.",
                       options.project);
    EARMARK_TRY(request.train, project.samples(options.trainSplit));
    if (hasSplit(splits, options.validationSplit)) {
        EARMARK_TRY(request.validation, project.samples(options.validationSplit));
    }
    request.reportSplit = hasSplit(splits, options.testSplit) ? options.testSplit : options.validationSplit;
    request.report = request.validation;
    if (request.reportSplit != options.validationSplit) {
        EARMARK_TRY(request.report, project.samples(options.testSplit));
    }
    EARMARK_TRY(request.datasetFingerprint, project.fingerprint());
    return {};
}

Result<void> placeRun(const Options& options, TrainRequest& request)
{
    if (options.resume && options.overwrite)
        return failure("usage", "--resume goes on with a run and --overwrite replaces it: give one of them.");
    if (options.resume && options.out.empty())
        return failure("usage", "--resume needs --out: the folder of the run that is to go on.");
    request.out = options.out.empty() ? usualFolder(options.project) : options.out;
    return refuseExisting(request.out, options.overwrite || options.resume,
                          "Give another name, --resume to go on with the run in it, or --overwrite to replace it.");
}

/// Turns the base's name into a path that means the same from everywhere; keeps the name for the model card.
Result<void> findBase(TrainRequest& request)
{
    if (request.base.empty())
        return failure("usage", "Give --base: a model folder, a name in the local Hub cache, or scratch:PRESET. “earmark-cli models” lists them.");
    if (request.base.starts_with("scratch:"))
        return {};
    const auto folder = findModel(request.base);
    if (!folder && request.resume)
        return {}; // a run goes on from its own checkpoint
    if (!folder)
        return tl::unexpected(folder.error());
    std::error_code ignored;
    if (!fs::is_directory(request.base, ignored))
        request.origin["base_name"] = request.base;
    request.base = fs::absolute(*folder, ignored).lexically_normal().string();
    return {};
}

Result<TrainRequest> requestFor(const Options& options, const Context& context)
{
    TrainRequest request{.resume = options.resume, .overwrite = options.overwrite, .options = context.compute};
    EARMARK_TRY_VOID(placeRun(options, request));
    std::error_code ignored;
    std::string earlier = options.config;
    if (earlier.empty() && options.resume && fs::exists(request.out + "/run.json", ignored))
        earlier = request.out + "/run.json";
    if (!earlier.empty())
        EARMARK_TRY_VOID(readRun(earlier, request));
    EARMARK_TRY_VOID(applySettings(options.settings, request.recipe));
    if (!options.base.empty()) {
        request.base = options.base;
        request.origin.erase("base_name");
    }
    if (!options.task.empty())
        request.task = options.task;
    EARMARK_TRY_VOID(findBase(request));
    EARMARK_TRY_VOID(readProject(options, request));
    request.origin["earmark_version"] = EARMARK_VERSION;
    request.origin["project"] = fs::absolute(options.project, ignored).string();
    request.origin["train_split"] = options.trainSplit;
    request.origin["validation_split"] = options.validationSplit;
    request.origin["report_split"] = request.reportSplit;
    return request;
}

// ---- what is told -------------------------------------------------------------------------------------------------------

class Teller final : public TrainObserver
{
public:
    explicit Teller(Console& console) : console_(console), progress_(console, "steps") {}

    void remark(const std::string& english) override { console_.remark(english); }
    void progress(std::int64_t step, std::int64_t totalSteps) override { progress_.update(step, totalSteps); }

    void step(const StepEvent& event) override
    {
        if (console_.style().json)
            console_.printJson({{"event", "step"},
                                {"step", event.step},
                                {"epoch", event.epoch},
                                {"loss", event.loss},
                                {"grad_norm", event.gradientNorm},
                                {"learning_rate", event.learningRate}});
        else
            console_.print(formatted("step %lld of %lld  epoch %.2f  loss %.4f  gradient norm %.3f  learning rate %.3g",
                                     static_cast<long long>(event.step), static_cast<long long>(event.totalSteps), event.epoch, event.loss,
                                     event.gradientNorm, event.learningRate));
    }

    void evaluated(const EvaluateEvent& event) override
    {
        Json json = {{"event", "evaluate"}, {"step", event.step}, {"epoch", event.epoch}};
        std::string text = formatted("evaluation  step %lld  epoch %.2f", static_cast<long long>(event.step), event.epoch);
        for (const auto& [name, value] : event.metrics) {
            json[name] = value;
            text += formatted("  %s %.4f", name.c_str(), value);
        }
        if (console_.style().json)
            console_.printJson(json);
        else
            console_.print(text);
    }

    void checkpoint(const CheckpointEvent& event) override
    {
        if (console_.style().json)
            console_.printJson({{"event", "checkpoint"}, {"step", event.step}, {"path", event.path}});
        else
            console_.print(formatted("checkpoint  step %lld  ", static_cast<long long>(event.step)) + shownName(event.path));
    }

private:
    Console& console_;
    Progress progress_;
};

void tellOutcome(Console& console, const TrainRequest& request, const TrainOutcome& outcome)
{
    if (console.style().json)
        return console.printJson({{"event", "finished"},
                                  {"best_step", outcome.bestStep},
                                  {"seconds", outcome.seconds},
                                  {"samples_per_second", outcome.samplesPerSecond}});
    console.print(formatted("finished  %lld steps in %.1f s, %.1f clips a second, best step %lld", static_cast<long long>(outcome.steps),
                            outcome.seconds, outcome.samplesPerSecond, static_cast<long long>(outcome.bestStep)));
    if (outcome.report && outcome.report->clips > 0)
        console.print("\n" + reportText(*outcome.report, request.reportSplit) + "\n");
    console.print("The model and its report are in " + shownName(request.out));
}

void tellStopped(Console& console, const TrainRequest& request, const TrainOutcome& outcome)
{
    if (console.style().json)
        console.printJson({{"event", "stopped"}, {"step", outcome.steps}});
    console.remark(formatted("Stopped after step %lld. The same command with --resume goes on from there: %s",
                             static_cast<long long>(outcome.steps), shownName(request.out).c_str()));
}

Result<int> train(const Options& options, Context& context)
{
    EARMARK_TRY(const TrainRequest request, requestFor(options, context));
    EARMARK_TRY(Compute * compute, openCompute());
    RunRecord record(context.console, options.project, request);
    Result<TrainOutcome> outcome = [&] {
        Teller teller(context.console);
        return compute->train(request, teller, context.stop);
    }();
    if (!outcome) {
        record.fail();
        return tl::unexpected(std::move(outcome.error()));
    }
    record.finish(*outcome, request.reportSplit);
    if (outcome->stopped) {
        tellStopped(context.console, request, *outcome);
        return stoppedByUser;
    }
    tellOutcome(context.console, request, *outcome);
    return 0;
}

} // namespace

void addTrain(Commands& commands)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = commands.add("train", "Fine-tunes a model on a project's labels");
    addText(command, "--project", options->project, "NAME.earmark")->required();
    addText(command, "--base", options->base, "Model folder, a name in the local Hub cache, or scratch:PRESET (see models)");
    addText(command, "--out", options->out, "Run folder; NAME-runs/N beside the project where not given");
    command->add_option("--task", options->task, "What is learnt; classification where not given")->check(CLI::IsMember({"classification"}));
    addText(command, "--config", options->config, "run.json of another run, or a JSON object of settings");
    command->add_option("--set", options->settings, "Settings, listed below")->type_name("NAME=VALUE");
    addText(command, "--train-split", options->trainSplit, "The split to learn from");
    addText(command, "--validation-split", options->validationSplit, "The split to evaluate on while training");
    addText(command, "--test-split", options->testSplit, "The split of the final report; the validation split where there is none");
    command->add_flag("--resume", options->resume, "Go on with the run in --out from its last checkpoint");
    command->add_flag("--overwrite", options->overwrite, "Replace the run folder where it exists");
    command->footer(settingsHelp());
    commands.setAction(command, [options](Context& context) { return train(*options, context); });
}

} // namespace earmark::cli
