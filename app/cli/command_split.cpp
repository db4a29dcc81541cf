#include <memory>

#include "app/cli/command.h"
#include "engine/dataset/project.h"
#include "engine/dataset/split.h"

namespace earmark::cli
{

namespace
{

struct SplitArguments {
    std::string project;
    std::string method = "earmark";
    SplitOptions split;
    int folds = 0;
};

constexpr double usualPart = 0.1;

void printReport(Console& console, const SplitReport& report)
{
    Json sizes = Json::object();
    for (const auto& [name, clips] : report.sizes)
        sizes[name] = clips;
    if (console.style().json)
        return console.printJson({{"splits", sizes}, {"remarks", report.remarks}});
    for (const auto& [name, clips] : report.sizes)
        console.print(formatted("%-10s  %zu clips", name.c_str(), clips));
}

Result<int> split(const SplitArguments& options, bool sizesGiven, Context& context)
{
    SplitOptions split = options.split;
    split.method = options.method == "datasets" ? SplitMethod::datasets : SplitMethod::earmark;
    if (options.folds > 0)
        split.folds = options.folds;
    else if (!sizesGiven)
        split.validation = split.test = usualPart;
    EARMARK_TRY(Project project, Project::open(options.project, Access::write));
    EARMARK_TRY(const SplitReport report, splitProject(project, split));
    EARMARK_TRY_VOID(project.close());
    for (const std::string& remark : report.remarks)
        context.console.remark(remark);
    printReport(context.console, report);
    return 0;
}

} // namespace

void addSplit(Commands& commands)
{
    auto options = std::make_shared<SplitArguments>();
    SplitOptions& split_ = options->split;
    CLI::App* command = commands.add("split", "Divides a project's clips into train, validation and test");
    addText(command, "--project", options->project, "NAME.earmark")->required();
    const auto* validation = command->add_option("--validation", split_.validation,
                                                 "Part of the clips (below 1) or their number; 0.1 where neither this nor --test is given")
                                 ->check(notNegative());
    const auto* test = command->add_option("--test", split_.test, "Part of the clips (below 1) or their number; 0.1 where neither is given")
                           ->check(notNegative());
    command->add_option("--seed", split_.seed, "Seed of the division");
    command->add_option("--folds", options->folds, "Cross-validation: so many folds")->check(CLI::Range(2, 1000000));
    command->add_option("--fold", split_.fold, "The fold, from 0, that becomes the test split")->check(CLI::NonNegativeNumber);
    addText(command, "--group", split_.group, "A column, or recording (the group, else the file), group, folder or file: no value of it is in two splits");
    command->add_flag("--stratify", split_.stratify, "Give each split the same share of each label, as near as can be");
    command->add_option("--method", options->method, "datasets: the rows of Hugging Face's train_test_split(test_size, seed), in its order")
        ->check(CLI::IsMember({"earmark", "datasets"}));
    commands.setAction(command, [options, validation, test](Context& context) {
        return split(*options, validation->count() + test->count() > 0, context);
    });
}

} // namespace earmark::cli
