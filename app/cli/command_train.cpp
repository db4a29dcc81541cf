#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/report_text.h"
#include "app/cli/run_note.h"
#include "engine/base/file.h"
#include "engine/compute/model_cache.h"
#include "engine/dataset/training_request.h"

namespace earmark::cli
{

namespace
{

namespace fs = std::filesystem;

struct TrainArguments {
    std::string project;
    std::string base;
    std::string out;
    std::string task;
    std::string config;
    std::vector<std::string> settings; ///< NAME=VALUE
    TrainingSet set;
    bool resume = false;
    bool overwrite = false;
};

// ---- the request --------------------------------------------------------------------------------------------------------

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

Result<void> placeRun(const TrainArguments& options, TrainRequest& request)
{
    if (options.resume && options.overwrite)
        return failure("usage", "--resume goes on with a run and --overwrite replaces it: give one of them.");
    if (options.resume && options.out.empty())
        return failure("usage", "--resume needs --out: the folder of the run that is to go on.");
    request.out = options.out.empty() ? freeRunFolder(options.project) : options.out;
    return refuseExisting(request.out, options.overwrite || options.resume,
                          "Give another name, --resume to go on with the run in it, or --overwrite to replace it.");
}

/// Turns the base's name into a path that means the same from everywhere; keeps the name for the model card.
Result<void> findBase(TrainRequest& request)
{
    if (request.base.empty())
        return failure("usage", "Give --base: a model folder, a name in the local Hub cache, scratch:PRESET, or scratch:FOLDER. “earmark-cli models” lists them.");
    std::error_code ignored;
    constexpr std::string_view scratch = "scratch:";
    if (request.base.starts_with(scratch)) {
        if (const std::string shape = request.base.substr(scratch.size()); fs::is_directory(shape, ignored))
            request.base = std::string(scratch) + fs::absolute(shape, ignored).lexically_normal().string();
        return {};
    }
    const auto folder = findModel(request.base);
    if (!folder && request.resume)
        return {}; // a run goes on from its own checkpoint
    if (!folder)
        return tl::unexpected(folder.error());
    if (!fs::is_directory(request.base, ignored))
        request.origin["base_name"] = request.base;
    request.base = fs::absolute(*folder, ignored).lexically_normal().string();
    return {};
}

Result<TrainRequest> requestFor(const TrainArguments& options, const Context& context)
{
    TrainRequest request{.resume = options.resume, .overwrite = options.overwrite, .options = context.compute};
    EARMARK_TRY_VOID(placeRun(options, request));
    std::error_code ignored;
    std::string earlier = options.config;
    if (earlier.empty() && options.resume && fs::exists(request.out + "/run.json", ignored))
        earlier = request.out + "/run.json";
    if (!earlier.empty())
        EARMARK_TRY_VOID(readRunJson(earlier, request));
    EARMARK_TRY_VOID(applySettings(options.settings, request.recipe));
    if (!options.base.empty()) {
        request.base = options.base;
        request.origin.erase("base_name");
    }
    if (!options.task.empty())
        request.task = options.task;
    EARMARK_TRY_VOID(findBase(request));
    EARMARK_TRY(const Project project, Project::open(options.project, Access::read));
    EARMARK_TRY_VOID(readTrainingSet(project, options.set, request));
    return request;
}

// ---- what is told -------------------------------------------------------------------------------------------------------

class TrainingTeller final : public TrainObserver
{
public:
    explicit TrainingTeller(Console& console) : console_(console), progress_(console, "steps") {}

    void remark(const Remark& remark) override { console_.remark(remark.message); }
    void progress(std::int64_t step, std::int64_t totalSteps) override { progress_.update(step, totalSteps); }

    void step(const StepEvent& event) override
    {
        tell({{"event", "step"},
              {"step", event.step},
              {"epoch", event.epoch},
              {"loss", event.loss},
              {"grad_norm", event.gradientNorm},
              {"learning_rate", event.learningRate}},
             formatted("step %lld of %lld  epoch %.2f  loss %.4f  gradient norm %.3f  learning rate %.3g", static_cast<long long>(event.step),
                       static_cast<long long>(event.totalSteps), event.epoch, event.loss, event.gradientNorm, event.learningRate),
             event.metrics);
    }

    void evaluated(const EvaluateEvent& event) override
    {
        tell({{"event", "evaluate"}, {"step", event.step}, {"epoch", event.epoch}},
             formatted("evaluation  step %lld  epoch %.2f", static_cast<long long>(event.step), event.epoch), event.metrics);
    }

    void checkpoint(const CheckpointEvent& event) override
    {
        if (console_.style().json)
            console_.printJson({{"event", "checkpoint"}, {"step", event.step}, {"path", event.path}});
        else
            console_.print(formatted("checkpoint  step %lld  ", static_cast<long long>(event.step)) + shownName(event.path));
    }

private:
    void tell(Json json, std::string text, const std::vector<std::pair<std::string, double>>& metrics)
    {
        for (const auto& [name, value] : metrics) {
            json[name] = value;
            text += formatted("  %s %.4f", name.c_str(), value);
        }
        if (console_.style().json)
            console_.printJson(json);
        else
            console_.print(text);
    }

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
    if (outcome.multiLabel && outcome.multiLabel->clips > 0)
        console.print("\n" + reportText(*outcome.multiLabel, request.reportSplit) + "\n");
    if (outcome.regression && outcome.regression->clips > 0)
        console.print("\n" + reportText(*outcome.regression, request.reportSplit) + "\n");
    if (outcome.transcription && outcome.transcription->clips > 0)
        console.print("\n" + reportText(*outcome.transcription, request.reportSplit) + "\n");
    console.print("The model and its report are in " + shownName(request.out));
}

void tellStopped(Console& console, const TrainRequest& request, const TrainOutcome& outcome)
{
    if (console.style().json)
        console.printJson({{"event", "stopped"}, {"step", outcome.steps}});
    console.remark(formatted("Stopped after step %lld. The same command with --resume goes on from there: %s",
                             static_cast<long long>(outcome.steps), shownName(request.out).c_str()));
}

Result<int> train(const TrainArguments& options, Context& context)
{
    EARMARK_TRY(const TrainRequest request, requestFor(options, context));
    EARMARK_TRY(Compute * compute, openCompute());
    RunNote note(context.console, options.project, request);
    Result<TrainOutcome> outcome = [&] {
        TrainingTeller teller(context.console);
        return compute->train(request, teller, context.stop);
    }();
    note.end(outcome);
    if (!outcome)
        return tl::unexpected(std::move(outcome.error()));
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
    auto options = std::make_shared<TrainArguments>();
    CLI::App* command = commands.add("train", "Fine-tunes a model on a project's labels, numbers or transcripts, or pretrains one on its sound");
    addText(command, "--project", options->project, "NAME.earmark")->required();
    addText(command, "--base", options->base, "Model folder, a name in the local Hub cache, scratch:PRESET (see models), or scratch:FOLDER for new weights in the shape of its config.json");
    addText(command, "--out", options->out, "Run folder; NAME-runs/N beside the project where not given");
    command->add_option("--task", options->task, "What is learnt: labels (one a clip, several, or numbers: see problem_type), by ctc the transcripts of speech, or by pretraining the sound itself; classification where not given")
        ->check(CLI::IsMember({"classification", "ctc", "pretraining"}));
    addText(command, "--config", options->config, "run.json of another run, or a JSON object of settings");
    command->add_option("--set", options->settings, "Settings, listed below")->type_name("NAME=VALUE");
    addText(command, "--train-split", options->set.trainSplit, "The split to learn from");
    addText(command, "--validation-split", options->set.validationSplit, "The split to evaluate on while training");
    addText(command, "--test-split", options->set.testSplit, "The split of the final report; the validation split where there is none");
    command->add_flag("--resume", options->resume, "Go on with the run in --out from its last checkpoint");
    command->add_flag("--overwrite", options->overwrite, "Replace the run folder where it exists");
    command->footer(settingsHelp());
    commands.setAction(command, [options](Context& context) { return train(*options, context); });
}

} // namespace earmark::cli
