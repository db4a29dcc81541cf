#include "app/cli/help.h"

#include <algorithm>
#include <cmath>

#include "app/cli/json.h"
#include "engine/base/error.h"
#include "engine/recipe/recipe.h"

namespace earmark::cli
{

namespace
{

class HelpFormatter : public CLI::Formatter
{
public:
    HelpFormatter() { column_width(34); }

    std::string make_footer(const CLI::App* app) const override
    {
        std::string footer;
        if (const CLI::App* parent = app->get_parent())
            footer += make_group("Global options, before or after the command", false, parent->get_options([&](const CLI::Option* option) {
                return option->nonpositional() && option != parent->get_help_ptr() && !option->get_group().empty();
            }));
        if (!app->get_footer().empty())
            footer += "\n" + app->get_footer();
        return footer;
    }
};

std::string initialText(const Setting& setting)
{
    struct Visitor {
        std::string operator()(std::monostate) const { return "not set"; }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t count) const { return std::to_string(count); }
        std::string operator()(double amount) const
        {
            return amount == std::floor(amount) && std::abs(amount) < 1e15 ? std::to_string(static_cast<long long>(amount)) : Json(amount).dump();
        }
        std::string operator()(const std::string& words) const { return words; }
    };
    return std::visit(Visitor(), setting.initial);
}

std::string boundText(double value) { return initialText({.initial = value}); }

/// "true or false", "0 to 1", "a, b or c", …
std::string rangeText(const Setting& setting)
{
    switch (setting.type) {
    case SettingType::boolean: return "true or false";
    case SettingType::text: return "text";
    case SettingType::choice: {
        std::string list;
        for (const std::string_view choice : setting.choices)
            list += (list.empty() ? "" : "|") + std::string(choice);
        return list;
    }
    case SettingType::integer:
    case SettingType::number: break;
    }
    const std::string kind = setting.type == SettingType::integer ? "whole number, " : "number, ";
    return kind + (std::isinf(setting.highest) ? "at least " + boundText(setting.lowest)
                                               : boundText(setting.lowest) + " to " + boundText(setting.highest));
}

std::string aliasText(const Setting& setting)
{
    std::string list;
    for (const std::string_view alias : setting.aliases)
        list += (list.empty() ? "; also " : ", ") + std::string(alias);
    return list;
}

} // namespace

std::shared_ptr<CLI::FormatterBase> helpFormatter() { return std::make_shared<HelpFormatter>(); }

std::string settingsHelp()
{
    std::string text = "Settings, for --set NAME=VALUE:\n";
    std::string_view section;
    for (const Setting& setting : settings()) {
        if (setting.section != section)
            text += "\n  " + std::string(section = setting.section) + "\n";
        text += "    " + std::string(setting.key) + " = " + initialText(setting) + "\n        " + std::string(setting.explanation) + " (" +
                rangeText(setting) + aliasText(setting) + ")\n";
    }
    return text;
}

std::string errorsHelp(bool json)
{
    std::size_t width = 0;
    for (const ErrorCode& row : errorCodes())
        width = std::max(width, row.code.size());
    std::string text;
    for (const ErrorCode& row : errorCodes()) {
        const int status = static_cast<int>(row.kind);
        if (json)
            text += oneLine({{"code", row.code}, {"exit_status", status}, {"meaning", row.meaning}}) + "\n";
        else
            text += std::string(row.code) + std::string(width + 2 - row.code.size(), ' ') + std::to_string(status) + "  " +
                    std::string(row.meaning) + "\n";
    }
    text.pop_back();
    return text;
}

} // namespace earmark::cli
