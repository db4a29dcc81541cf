#include <memory>

#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "engine/dataset/export.h"
#include "engine/dataset/project.h"

namespace earmark::cli
{

namespace
{

struct ExportArguments {
    std::string project;
    std::string format = "csv";
    ExportOptions export_;
};

Result<int> exportLabels(const ExportArguments& options, Context& context)
{
    ExportOptions wanted = options.export_;
    EARMARK_TRY(wanted.format, exportFormatNamed(options.format));
    EARMARK_TRY_VOID(refuseExisting(wanted.out, wanted.overwrite));
    EARMARK_TRY(const Project project, Project::open(options.project, Access::read));
    Progress progress(context.console, "clips");
    const auto observe = [&](std::size_t done, std::size_t total) {
        progress.update(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
    };
    EARMARK_TRY(const ExportReport report, exportProject(project, wanted, observe, context.stop));
    if (report.stopped)
        return stoppedByUser;
    const std::vector<std::string> remarks = messagesOf(report.remarks);
    for (const std::string& remark : remarks)
        context.console.remark(remark);
    if (context.json())
        context.console.printJson({{"out", wanted.out}, {"clips", report.clips}, {"files", report.files}, {"remarks", remarks}});
    else
        context.console.print(formatted("%zu clips written to %s", report.clips, shownName(wanted.out).c_str()));
    return 0;
}

} // namespace

void addExport(Commands& commands)
{
    auto options = std::make_shared<ExportArguments>();
    CLI::App* command = commands.add("export", "Writes a project's labels, and its clips where the format wants them");
    addText(command, "--project", options->project, "NAME.earmark")->required();
    command->add_option("--format", options->format, "What to write")
        ->check(CLI::IsMember({"csv", "audiofolder", "label-studio", "audacity", "raven"}));
    addText(command, "--out", options->export_.out, "Folder to make")->required();
    command->add_flag("--overwrite", options->export_.overwrite, "Replace the folder where it exists");
    command->add_flag("--regions", options->export_.regions, "audiofolder: each labelled region becomes a clip of its own");
    commands.setAction(command, [options](Context& context) { return exportLabels(*options, context); });
}

} // namespace earmark::cli
