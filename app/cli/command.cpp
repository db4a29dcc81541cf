#include "app/cli/command.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

namespace earmark::cli
{

namespace
{

constexpr char asItIs = '\x01'; ///< begins an argument that CLI11 is to leave alone

CLI::Validator unshielded()
{
    return CLI::Validator(
        [](std::string& text) {
            if (text.starts_with(asItIs))
                text.erase(0, 1);
            return std::string();
        },
        "");
}

} // namespace

std::vector<std::string> shieldedArguments(int argc, char** argv)
{
    std::vector<std::string> arguments;
    bool optionsEnded = false;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (!optionsEnded && argument == "--")
            optionsEnded = true;
        else if (optionsEnded || argument.starts_with('[') || argument.starts_with('{'))
            arguments.push_back(asItIs + argument);
        else
            arguments.push_back(argument);
    }
    return arguments;
}

std::string withoutShields(std::string text)
{
    std::erase(text, asItIs);
    return text;
}

CLI::Option* addText(CLI::App* command, const std::string& name, std::string& target, const std::string& description)
{
    return command->add_option(name, target, description)->allow_extra_args(false)->transform(unshielded());
}

CLI::Option* addTexts(CLI::App* command, const std::string& name, std::vector<std::string>& target, const std::string& description)
{
    return command->add_option(name, target, description)->allow_extra_args(!name.starts_with('-'))->transform(unshielded())->default_str("");
}

namespace
{

CLI::Validator finiteNumber(const char* wanted, bool (*fits)(double))
{
    return CLI::Validator(
        [wanted, fits](std::string& text) {
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            const bool good = error == std::errc() && end == text.data() + text.size() && std::isfinite(value) && fits(value);
            return good ? std::string() : quoteName(text) + " is not a number " + wanted;
        },
        "");
}

} // namespace

CLI::Validator aboveZero()
{
    return finiteNumber("above 0", [](double value) { return value > 0; });
}

CLI::Validator notNegative()
{
    return finiteNumber("of at least 0", [](double value) { return value >= 0; });
}

Result<void> refuseExisting(const std::string& path, bool overwrite, const std::string& advice)
{
    std::error_code ignored;
    const auto status = std::filesystem::symlink_status(path, ignored);
    if (overwrite || !std::filesystem::exists(status))
        return {};
    return failure("usage.out_exists", quoteName(path) + " exists already. " + advice, path);
}

void warnAbout(Console& console, const std::string& file, const std::vector<Remark>& warnings)
{
    const std::string name = quoteName(file);
    for (const std::string& warning : messagesOf(warnings))
        console.warn(warning.find(name) != std::string::npos ? warning : name + ": " + warning);
}

} // namespace earmark::cli
