#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "engine/compute/model_cache.h"

namespace earmark::cli
{

namespace
{

struct OutputsArguments {
    OutputsRequest request;
    std::string model;
    std::vector<std::string> files;
};

void printResult(Console& console, const OutputsOutcome& outcome, const std::string& out)
{
    Json tensors = Json::object();
    for (const auto& [name, shape] : outcome.tensors)
        tensors[name] = shape;
    if (console.style().json)
        return console.printJson({{"out", out}, {"tensors", std::move(tensors)}});
    for (const auto& [name, shape] : tensors.items())
        console.print(shownName(name) + "  " + oneLine(shape));
}

Result<int> outputs(const OutputsArguments& options, Context& context)
{
    OutputsRequest request = options.request;
    if (!request.labels.empty() && request.labels.size() != options.files.size())
        return failure("usage", formatted("%zu labels were given for %zu files. Give one a file, in the files' order.", request.labels.size(),
                                          options.files.size()));
    EARMARK_TRY_VOID(refuseExisting(request.out, request.overwrite));
    EARMARK_TRY(request.samples, gatherSamples(options.files, false, context.console));
    EARMARK_TRY(request.model, findModel(options.model));
    request.options = context.compute;
    EARMARK_TRY(Compute * compute, openCompute());
    EARMARK_TRY(const OutputsOutcome outcome, compute->outputs(request));
    printResult(context.console, outcome, request.out);
    return 0;
}

} // namespace

void addOutputs(Commands& commands)
{
    auto options = std::make_shared<OutputsArguments>();
    OutputsRequest& request = options->request;
    CLI::App* command = commands.add("outputs", "Runs one padded batch through a model and writes every tensor under its Hugging Face name");
    addText(command, "--model", options->model, "Model folder, or a name in the local Hub cache")->required();
    addTexts(command, "FILE", options->files, "The batch")->required();
    addText(command, "--out", request.out, "O.safetensors")->required();
    command->add_flag("--hidden-states", request.hiddenStates, "Add hidden_states.0 …");
    command->add_flag("--attentions", request.attentions, "Add attentions.0 …");
    command->add_option("--labels", request.labels, "Label ids, one a file, separated by commas: adds loss")->type_name("ID,ID,…")->delimiter(',')
        ->allow_extra_args(false);
    addTexts(command, "--text", request.texts, "A text, once a file; of a model that compares sounds with texts, any number of them");
    addText(command, "--tensors", request.tensors, "Safetensors file with named inputs");
    addText(command, "--target-lang", request.targetLanguage, "Language of a model that has several");
    command->add_flag("--overwrite", request.overwrite, "Replace the file where it exists");
    commands.setAction(command, [options](Context& context) { return outputs(*options, context); });
}

} // namespace earmark::cli
