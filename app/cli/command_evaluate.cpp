#include <memory>

#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/report_text.h"
#include "engine/base/file.h"
#include "engine/compute/evaluate.h"
#include "engine/compute/model_cache.h"
#include "engine/compute/model_card.h"
#include "engine/dataset/project.h"

namespace earmark::cli
{

namespace
{

struct EvaluateArguments {
    std::string model;
    std::string project;
    std::string split = "test";
    std::string out;
    std::string length = "auto"; ///< else a word of eval_length
    double seconds = 0;          ///< as the run has it where 0
    int batchSize = 8;
    bool overwrite = false;
};

/// As the model's run hears clips, but for what the command line says.
Result<void> applyLength(const EvaluateArguments& options, Recipe& recipe)
{
    if (options.length != "auto")
        EARMARK_TRY_VOID(recipe.set("eval_length", options.length));
    if (options.seconds > 0)
        EARMARK_TRY_VOID(recipe.set("max_length_seconds", Json(options.seconds).dump()));
    return {};
}

Result<EvaluationLength> lengthOf(const EvaluateArguments& options, const std::string& model)
{
    Recipe recipe;
    if (options.length == "auto" || options.seconds == 0) {
        EARMARK_TRY(recipe, recipeOfRun(model));
    }
    EARMARK_TRY_VOID(applyLength(options, recipe));
    return evaluationLength(recipe);
}

Result<JudgePretrainingRequest> pretrainingRequest(const EvaluateArguments& options, const EvaluateRequest& request)
{
    JudgePretrainingRequest asked{.model = request.model, .samples = request.samples, .options = request.options};
    EARMARK_TRY(asked.recipe, recipeOfRun(request.model));
    EARMARK_TRY_VOID(applyLength(options, asked.recipe));
    EARMARK_TRY_VOID(asked.recipe.set("per_device_eval_batch_size", std::to_string(options.batchSize)));
    return asked;
}

Result<EvaluateRequest> requestFor(const EvaluateArguments& options, const Context& context)
{
    EvaluateRequest request{.batchSize = options.batchSize, .options = context.compute};
    EARMARK_TRY(const Project project, Project::open(options.project, Access::read));
    EARMARK_TRY(request.samples, project.samples(options.split));
    EARMARK_TRY(request.model, findModel(options.model));
    EARMARK_TRY(request.length, lengthOf(options, request.model));
    return request;
}

/// What all kinds of test say of clips, and the exit status that follows from it.
template <class Outcome> int tellRemarks(const Outcome& outcome, Console& console)
{
    for (const Remark& remark : outcome.remarks)
        console.warn(remark.message);
    for (const Error& error : outcome.failures)
        console.error(error);
    return outcome.stopped ? stoppedByUser : outcome.failures.empty() ? 0 : someInputWasBad;
}

/// Of the class that the model was saved as; what cannot be told is a classifier's error to tell.
bool isA(const std::string& model, const char* kind)
{
    const auto card = readModelCard(model);
    return card && card->architecture.ends_with(kind);
}

Result<int> evaluate(const EvaluateArguments& options, Context& context)
{
    Console& console = context.console;
    if (!options.out.empty())
        EARMARK_TRY_VOID(refuseExisting(options.out, options.overwrite));
    EARMARK_TRY(const EvaluateRequest request, requestFor(options, context));
    EARMARK_TRY(Compute * compute, openCompute());
    Progress progress(console, "clips");
    const auto observe = [&](std::size_t done, std::size_t total) {
        progress.update(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    const auto deliver = [&](const auto& outcome, const auto& asText) -> Result<int> {
        const int status = tellRemarks(outcome, console);
        if (outcome.stopped)
            return status;
        if (!options.out.empty())
            EARMARK_TRY_VOID(writeFileAtomically(options.out, toJson(outcome.report, options.split)));
        console.print(context.json() ? summaryJson(outcome.report, options.split) : asText(outcome.report, options.split));
        return status;
    };
    if (isA(request.model, "ForPreTraining")) {
        EARMARK_TRY(const JudgePretrainingRequest asked, pretrainingRequest(options, request));
        EARMARK_TRY(const PretrainingOutcome outcome, compute->judgePretraining(asked, context.stop));
        return deliver(outcome, [](const PretrainingReport& report, const std::string& split) { return reportText(report, split); });
    }
    if (isA(request.model, "ForCTC")) {
        EARMARK_TRY(const RecognitionOutcome outcome, evaluateRecognition(*compute, request, observe, context.stop));
        return deliver(outcome, [](const TranscriptionReport& report, const std::string& split) { return reportText(report, split); });
    }
    const ProblemType problem = problemTypeOf(request.model);
    if (problem == ProblemType::multiLabel) {
        EARMARK_TRY(const MultiLabelOutcome outcome, evaluateMultiLabel(*compute, request, observe, context.stop));
        return deliver(outcome, [](const MultiLabelReport& report, const std::string& split) { return reportText(report, split); });
    }
    if (problem == ProblemType::regression) {
        EARMARK_TRY(const RegressionOutcome outcome, evaluateRegression(*compute, request, observe, context.stop));
        return deliver(outcome, [](const RegressionReport& report, const std::string& split) { return reportText(report, split); });
    }
    EARMARK_TRY(const EvaluateOutcome outcome, evaluateClassification(*compute, request, observe, context.stop));
    return deliver(outcome, [](const ClassificationReport& report, const std::string& split) { return reportText(report, split); });
}

} // namespace

void addEvaluate(Commands& commands)
{
    auto options = std::make_shared<EvaluateArguments>();
    CLI::App* command = commands.add("evaluate", "Tests a model on a split: accuracy with its interval, a table by label, the confusion matrix; F1 and average precision of several labels a clip, errors and correlation of numbers, the error rates of a recogniser, and how well a pretrained network tells masked frames apart");
    addText(command, "--model", options->model, "Model folder, or a name in the local Hub cache")->required();
    addText(command, "--project", options->project, "NAME.earmark")->required();
    addText(command, "--split", options->split, "The split to test on");
    addText(command, "--out", options->out, "Write report.json: the figures, and what each clip is and was taken for");
    command->add_option("--eval-length", options->length,
                        "What a classifier hears of long clips: all, the first --max-length-seconds, or the mean of windows of that length; auto as the model's run has it "
                        "(run.json), so that its report.json comes out")
        ->check(CLI::IsMember({"auto", "whole", "truncate", "windows"}));
    command->add_option("--max-length-seconds", options->seconds, "The length that --eval-length speaks of; as the run has it, else 20")
        ->type_name("SECONDS")->default_str("")->check(aboveZero());
    command->add_option("--batch-size", options->batchSize, "Clips computed together at most; no result depends on it, but the figures of a pretrained network, whose clips share batches")->check(CLI::Range(1, 4096));
    command->add_flag("--overwrite", options->overwrite, "Replace the report where it exists");
    commands.setAction(command, [options](Context& context) { return evaluate(*options, context); });
}

} // namespace earmark::cli
