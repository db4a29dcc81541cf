// What a command is: options on a CLI11 subcommand, and an action that runs once they are read. One file each, command_NAME.cpp.
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/console.h"
#include "engine/base/error.h"
#include "engine/compute/compute.h"

namespace earmark::cli
{

/// What every action gets.
struct Context {
    Console& console;
    std::stop_token stop;
    ComputeOptions compute; ///< of the global options

    bool json() const { return console.style().json; }
};

/// The exit status where the work itself did not fail.
using Action = std::function<Result<int>(Context&)>;

/// The commands that were declared, by subcommand.
class Commands
{
public:
    explicit Commands(CLI::App& app) : app_(app) {}

    CLI::App* add(const std::string& name, const std::string& description)
    {
        CLI::App* command = app_.add_subcommand(name, description);
        command->fallthrough();
        return command;
    }
    void setAction(const CLI::App* command, Action action) { actions_[command] = std::move(action); }
    const Action& action(const CLI::App* command) const { return actions_.at(command); }

private:
    CLI::App& app_;
    std::map<const CLI::App*, Action> actions_;
};

void addImport(Commands&);
void addSplit(Commands&);
void addShow(Commands&);
void addExport(Commands&);
void addModels(Commands&);
void addTrain(Commands&);
void addEvaluate(Commands&);
void addClassify(Commands&);
void addTranscribe(Commands&);
void addZeroShot(Commands&);
void addEmbed(Commands&);
void addOutputs(Commands&);

// ---- pieces that several commands share ---------------------------------------------------------------------------------

/// The arguments after the program's name, with a mark on those that CLI11 must leave alone: what follows "--" (after which it forgets the
/// command), and "[a,b]" and "{}" (which it reads as two values and as none).
std::vector<std::string> shieldedArguments(int argc, char** argv);
std::string withoutShields(std::string text);

/// A path or a text, taken as it is; one an occurrence of an option, any number where there is no "--" before the name.
CLI::Option* addText(CLI::App* command, const std::string& name, std::string& target, const std::string& description);
CLI::Option* addTexts(CLI::App* command, const std::string& name, std::vector<std::string>& target, const std::string& description);

/// Checks for finite numbers.
CLI::Validator aboveZero();
CLI::Validator notNegative();

/// usage.out_exists where `path` exists and may not be replaced. `option` is its name for the sentence.
Result<void> refuseExisting(const std::string& path, bool overwrite, const std::string& advice = "Give another name, or --overwrite to replace it.");

/// Exit status where some files could not be used and the others were.
inline constexpr int someInputWasBad = static_cast<int>(ErrorKind::badInput);

/// Remarks of one file among many.
void warnAbout(Console& console, const std::string& file, const std::vector<Remark>& warnings);

} // namespace earmark::cli
