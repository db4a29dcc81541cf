#include "app/cli/command_line.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <new>

#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/interrupt.h"
#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/nearest.h"

namespace earmark::cli
{

namespace
{

constexpr int done = 0;

struct GlobalOptions {
    Style style;
    ComputeOptions compute;
    std::string channel = "mean";
};

// ---- declaring ----------------------------------------------------------------------------------------------------------

std::string checkDevice(const std::string& text)
{
    const bool numbered = text.starts_with("cuda:") && text.size() > 5 && text.size() < 9 &&
                          text.find_first_not_of("0123456789", 5) == std::string::npos;
    return text == "auto" || text == "cpu" || text == "cuda" || numbered ? "" : "“" + text + "” is not auto, cpu, cuda or cuda:N";
}

/// "mean", "first" or a number from 0, as GPUs are counted.
std::optional<ChannelChoice> channelNamed(std::string_view text)
{
    if (text == "mean")
        return ChannelChoice();
    if (text == "first")
        return ChannelChoice{0};
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = error == std::errc() && end == text.data() + text.size() && number >= 0 && number < 1024;
    return good ? std::optional(ChannelChoice{number}) : std::nullopt;
}

std::string checkChannel(const std::string& text)
{
    return channelNamed(text) ? "" : "“" + text + "” is not mean, first or a channel's number, counted from 0";
}

void declareGlobals(CLI::App& app, GlobalOptions& options)
{
    app.add_option("--device", options.compute.device, "auto, cpu, cuda or cuda:N")->type_name("DEVICE")->check(checkDevice);
    app.add_option("--threads", options.compute.threads, "Threads of one operation; 0 for as many as there are physical cores")
        ->type_name("N")->check(CLI::Range(0, 4096));
    app.add_option("--dtype", options.compute.dtype, "Of weights and arithmetic outside training")
        ->check(CLI::IsMember({"float32", "float16", "bfloat16"}));
    app.add_option("--attention", options.compute.attention, "How attention is computed")->check(CLI::IsMember({"auto", "eager", "sdpa"}));
    app.add_option("--channel", options.channel, "How several channels become one: mean, first, or the channel's number from 0")
        ->type_name("CHANNEL")->check(checkChannel);
    app.add_flag("--json", options.style.json, "Results as one JSON object a line, errors as JSON on stderr");
    app.add_flag("--quiet", options.style.quiet, "Neither progress nor remarks");
    app.add_flag("--verbose", options.style.verbose, "The engine's own remarks too");
    // As --version: answered wherever it stands, whatever the command lacks.
    app.add_flag_callback("--help-errors", [] { throw CLI::CallForAllHelp(); }, "List the codes of errors and the exit status of each");
    app.set_version_flag("--version", "earmark-cli " EARMARK_VERSION);
}

void declareCommands(Commands& commands)
{
    addImport(commands);
    addSplit(commands);
    addShow(commands);
    addExport(commands);
    addModels(commands);
    addTrain(commands);
    addEvaluate(commands);
    addClassify(commands);
    addTranscribe(commands);
    addZeroShot(commands);
    addEmbed(commands);
    addOutputs(commands);
}

// ---- wrong usage --------------------------------------------------------------------------------------------------------

Error usageError(std::string message) { return Error{.code = "usage", .message = std::move(message)}; }

std::string suggestion(std::string_view name, const std::vector<std::string>& candidates)
{
    const std::vector<std::string_view> views(candidates.begin(), candidates.end());
    const std::string_view nearest = nearestName(name, views);
    return nearest.empty() ? "" : " Did you mean " + std::string(nearest) + "?";
}

std::vector<std::string> commandNames(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

std::string commandList(const CLI::App& app)
{
    std::string list;
    for (const std::string& name : commandNames(app))
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

std::string helpHint(const CLI::App& app)
{
    const auto chosen = app.get_subcommands();
    return " “earmark-cli " + (chosen.empty() ? std::string() : chosen.front()->get_name() + " ") + "--help” lists what there is.";
}

Error unexpectedArgument(const CLI::App& app, const std::string& argument)
{
    const auto chosen = app.get_subcommands();
    if (chosen.empty() && !argument.starts_with('-'))
        return usageError("There is no command " + quoteName(argument) + "." + suggestion(argument, commandNames(app)) +
                          " The commands are " + commandList(app) + ".");
    if (!argument.starts_with('-'))
        return usageError("The argument " + quoteName(argument) + " was not expected." + helpHint(app));
    std::vector<std::string> names;
    for (const CLI::App* level : {&app, chosen.empty() ? &app : static_cast<const CLI::App*>(chosen.front())})
        for (const CLI::Option* option : level->get_options())
            names.push_back(option->get_name());
    const std::string name = argument.substr(0, argument.find('='));
    return usageError("There is no option " + quoteName(name) + "." + suggestion(name, names) + helpHint(app));
}

/// What nothing was declared for.
std::vector<std::string> unexpectedArguments(const CLI::App& app)
{
    std::vector<std::string> unexpected = app.remaining(true);
    for (std::string& argument : unexpected)
        argument = withoutShields(std::move(argument));
    return unexpected;
}

/// CLI11's sentence, fit for one line.
Error refusedArguments(const CLI::App& app, const CLI::ParseError& error)
{
    if (const auto unexpected = unexpectedArguments(app); !unexpected.empty())
        return unexpectedArgument(app, unexpected.front());
    std::string message = shownName(withoutShields(error.what()));
    if (!message.ends_with('.'))
        message += '.';
    return usageError(message + helpHint(app));
}

/// Needed before the arguments are understood: an error in them is reported in the same way as any other.
bool asksForJson(int argc, char** argv)
{
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i)
        if (std::string_view(argv[i]) == "--json")
            return true;
    return false;
}

// ---- running ------------------------------------------------------------------------------------------------------------

int report(Console& console, const Error& error)
{
    console.error(error);
    return static_cast<int>(error.kind());
}

/// Exceptions of libraries end here; everything else comes as a Result.
Result<int> perform(const Action& action, Context& context)
{
    try {
        return action(context);
    } catch (const std::bad_alloc&) {
        return failure("compute.out_of_memory", "Memory ran out. Give fewer files at a time, or smaller batches.");
    } catch (const std::exception& exception) {
        return failure("internal", std::string("Earmark made a mistake: ") + exception.what() + ". Please report it.");
    }
}

/// What remains to be said once the command is over: a stdout that could not be written spoils any result.
int finish(Console& console, int status)
{
    const int number = console.outputError();
    if (number == EPIPE) // its reader has seen enough
        return static_cast<int>(ErrorKind::failed);
    if (number != 0)
        return report(console, systemError(number, "write", "standard output", true));
    return status;
}

void routeLog(Console& console)
{
    setLogSink([&console](LogLevel level, std::string_view text) {
        if (level == LogLevel::warning)
            console.warn(text);
        else
            console.detail(text);
    });
}

int runCommand(const Action& action, const GlobalOptions& options, Console& console, std::stop_token stop)
{
    routeLog(console);
    const std::stop_callback announce(stop, [&console] {
        if (interrupted())
            console.remark("Stopping at the next step; once more ends at once.");
    });
    Context context{console, stop, options.compute};
    context.compute.channel = *channelNamed(options.channel);
    const Result<int> status = perform(action, context);
    setLogSink({});
    return finish(console, status ? *status : report(console, status.error()));
}

} // namespace

int run(int argc, char** argv)
{
    std::stop_source stop;
    catchInterrupts(stop);
    Console console(stop);
    GlobalOptions options;
    console.setStyle({.json = asksForJson(argc, argv)});

    CLI::App app("Earmark labels audio, fine-tunes pretrained audio transformers and tests them.", "earmark-cli");
    app.option_defaults()->always_capture_default();
    app.formatter(helpFormatter());
    app.allow_extras(); // answered by unexpectedArgument(), which knows what was meant
    app.require_subcommand(0, 1);
    declareGlobals(app, options);
    Commands commands(app);
    declareCommands(commands);

    try {
        std::vector<std::string> arguments = shieldedArguments(argc, argv);
        std::ranges::reverse(arguments); // as CLI11 takes them
        app.parse(std::move(arguments));
    } catch (const CLI::CallForVersion& version) {
        console.print(version.what());
        return finish(console, done);
    } catch (const CLI::CallForAllHelp&) {
        console.print(errorsHelp(console.style().json));
        return finish(console, done);
    } catch (const CLI::Success&) {
        const auto chosen = app.get_subcommands();
        console.print(chosen.empty() ? app.help() : chosen.front()->help("earmark-cli"));
        return finish(console, done);
    } catch (const CLI::ParseError& error) {
        return report(console, refusedArguments(app, error));
    }
    console.setStyle(options.style);
    if (const auto unexpected = unexpectedArguments(app); !unexpected.empty())
        return report(console, unexpectedArgument(app, unexpected.front()));
    const auto chosen = app.get_subcommands();
    if (chosen.empty())
        return report(console, usageError("Name a command: " + commandList(app) + ". “earmark-cli COMMAND --help” explains one."));
    return runCommand(commands.action(chosen.front()), options, console, stop.get_token());
}

} // namespace earmark::cli
