#include <memory>

#include "app/cli/command.h"
#include "app/cli/progress.h"
#include "app/cli/interrupt.h"
#include "engine/dataset/import.h"
#include "engine/dataset/project.h"

namespace earmark::cli
{

namespace
{

struct ImportArguments {
    std::vector<std::string> sources;
    std::string project;
    std::string format = "auto";
    ImportOptions import;
};

Json reportJson(const ImportReport& report)
{
    Json duplicates = Json::array(), broken = Json::array();
    for (const DuplicateFile& file : report.duplicates)
        duplicates.push_back({{"file", file.path}, {"original", file.original}});
    for (const BrokenFile& file : report.broken)
        broken.push_back({{"file", file.path}, {"code", file.error.code}, {"reason", file.error.message}});
    return {{"format", importFormatName(report.format)},
            {"added", report.added},
            {"skipped", report.skipped},
            {"changed", report.changed},
            {"duplicates", std::move(duplicates)},
            {"broken", std::move(broken)},
            {"remarks", messagesOf(report.remarks)}};
}

void printReport(Console& console, const ImportReport& report)
{
    if (console.style().json)
        return console.printJson(reportJson(report));
    console.print(formatted("%zu clips added, %zu skipped (there already), %zu changed, %zu duplicates of others, %zu broken files", report.added,
                            report.skipped, report.changed, report.duplicates.size(), report.broken.size()));
    constexpr std::size_t most = 10; // of what is no fault
    for (std::size_t i = 0; i < report.duplicates.size() && i < most; ++i)
        console.print("duplicate  " + shownName(report.duplicates[i].path) + "  same content as " + shownName(report.duplicates[i].original));
    if (report.duplicates.size() > most)
        console.print(formatted("and %zu more duplicates; --json lists all", report.duplicates.size() - most));
    for (const BrokenFile& file : report.broken)
        console.print("broken  " + shownName(file.path) + "  " + file.error.message);
}

Result<int> import(const ImportArguments& options, Context& context)
{
    ImportOptions import = options.import;
    EARMARK_TRY(import.format, importFormatNamed(options.format));
    import.threads = context.compute.threads;
    EARMARK_TRY(Project project, Project::openOrCreate(options.project));
    Progress progress(context.console, "files");
    const auto observe = [&](const ImportProgress& state) {
        progress.update(static_cast<std::int64_t>(state.done), static_cast<std::int64_t>(state.total));
    };
    EARMARK_TRY(const ImportReport report, importClips(project, options.sources, import, observe, context.stop));
    if (report.stopped)
        return stoppedByUser;
    EARMARK_TRY_VOID(project.close());
    for (const std::string& remark : messagesOf(report.remarks))
        context.console.remark(remark);
    printReport(context.console, report);
    return 0;
}

} // namespace

void addImport(Commands& commands)
{
    auto options = std::make_shared<ImportArguments>();
    ImportOptions& import_ = options->import;
    CLI::App* command = commands.add("import", "Adds clips to a project, which is made where there is none");
    addTexts(command, "SOURCE", options->sources, "Folders and tables")->required();
    addText(command, "--project", options->project, "NAME.earmark")->required();
    command->add_option("--format", options->format, "How the sources are laid out")
        ->check(CLI::IsMember({"auto", "folders", "csv", "audiofolder", "speech-commands"}));
    addText(command, "--file-column", import_.fileColumn, "Table column with the file's path; guessed where not given, as all columns");
    addText(command, "--label-column", import_.labelColumn, "Table column with the label");
    addText(command, "--text-column", import_.textColumn, "Table column with the transcript");
    addText(command, "--split-column", import_.splitColumn, "Table column with train, validation or test");
    addText(command, "--group-column", import_.groupColumn, "Table column with the group: clips of one group stay in one split");
    addText(command, "--start-column", import_.startColumn, "Table column with the clip's start in the file, seconds");
    addText(command, "--end-column", import_.endColumn, "Table column with the clip's end, seconds");
    addTexts(command, "--number-column", import_.numberColumns, "Table column with a number to learn (regression); give it once for each");
    addText(command, "--label-separator", import_.labelSeparator, "What stands between several labels in one cell");
    addText(command, "--group-pattern", import_.groupPattern, "Regular expression on the path; its first group, or the match, is the group")
        ->type_name("REGEX");
    addTexts(command, "--words", import_.words, "Speech Commands: the words to tell apart, separated by commas; others become _unknown_; the ten commands where not given, all for every word")
        ->delimiter(',');
    commands.setAction(command, [options](Context& context) { return import(*options, context); });
}

} // namespace earmark::cli
