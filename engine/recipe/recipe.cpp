#include "engine/recipe/recipe.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/base/nearest.h"

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

// ---- messages ---------------------------------------------------------------------------------------------------------

std::string listOf(const std::vector<std::string_view>& names)
{
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i)
        list += std::string(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + std::string(names[i]);
    return list;
}

std::string bound(double value) { return Json(value == std::floor(value) ? Json(static_cast<std::int64_t>(value)) : Json(value)).dump(); }

/// "a whole number from 1 to 65536", …
std::string expectation(const Setting& setting)
{
    std::string expected;
    switch (setting.type) {
    case SettingType::boolean: expected = "true or false"; break;
    case SettingType::choice: expected = listOf(setting.choices); break;
    case SettingType::text: expected = setting.key == "lr_scheduler_kwargs" ? "a JSON object" : "text"; break;
    case SettingType::integer:
    case SettingType::number:
        expected = setting.type == SettingType::integer ? "a whole number" : "a number";
        expected += std::isinf(setting.highest) ? " of at least " + bound(setting.lowest)
                                                : " from " + bound(setting.lowest) + " to " + bound(setting.highest);
    }
    if (std::holds_alternative<std::monostate>(setting.initial))
        expected += ", or none";
    return expected;
}

tl::unexpected<Error> badValue(const Setting& setting, std::string_view given)
{
    const std::string expected = expectation(setting);
    return failure("recipe.bad_value",
                   "The setting " + std::string(setting.key) + " cannot be " + quoteName(given) + ": give " + expected + ".", {},
                   {{"setting", std::string(setting.key)}, {"value", std::string(given)}, {"expected", expected}});
}

tl::unexpected<Error> unknownSetting(std::string_view name)
{
    std::vector<std::string_view> names;
    for (const Setting& setting : settings()) {
        names.push_back(setting.key);
        names.insert(names.end(), setting.aliases.begin(), setting.aliases.end());
    }
    const std::string nearest(nearestName(name, names));
    return failure("recipe.unknown_setting",
                   "There is no setting named " + quoteName(name) + ": " +
                       (nearest.empty() ? "“earmark-cli train --help” lists all of them." : "did you mean " + nearest + "?"),
                   {}, {{"setting", std::string(name)}, {"nearest", nearest}});
}

// ---- text to value ----------------------------------------------------------------------------------------------------

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

std::optional<bool> parseBoolean(std::string_view text)
{
    static constexpr std::string_view yes[] = {"true", "1", "yes", "y", "t", "on"};
    static constexpr std::string_view no[] = {"false", "0", "no", "n", "f", "off"};
    const std::string word = lowered(text);
    if (std::ranges::find(yes, word) != std::end(yes))
        return true;
    if (std::ranges::find(no, word) != std::end(no))
        return false;
    return std::nullopt;
}

std::optional<double> parseNumber(std::string_view text)
{
    double value = 0;
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Discarded where it is no JSON; what is nested deeper than any setting is dropped.
Json parseJson(std::string_view text)
{
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 16; };
    return Json::parse(text, shallow, false);
}

bool isJsonObject(std::string_view text) { return parseJson(text).is_object(); }

Result<SettingValue> parseNumeric(const Setting& setting, std::string_view text)
{
    const auto value = parseNumber(text);
    if (!value || *value < setting.lowest || *value > setting.highest)
        return badValue(setting, text);
    if (setting.type == SettingType::number)
        return SettingValue(*value);
    if (*value != std::floor(*value))
        return badValue(setting, text);
    return SettingValue(static_cast<std::int64_t>(*value)); // the bounds keep it exact
}

Result<SettingValue> parse(const Setting& setting, std::string_view text)
{
    const bool chosenWord = std::ranges::find(setting.choices, text) != setting.choices.end();
    if (!chosenWord && (lowered(text) == "none" || lowered(text) == "null" || text.empty())) {
        if (std::holds_alternative<std::monostate>(setting.initial))
            return SettingValue();
        return badValue(setting, text);
    }
    switch (setting.type) {
    case SettingType::boolean:
        if (const auto value = parseBoolean(text))
            return SettingValue(*value);
        return badValue(setting, text);
    case SettingType::integer:
    case SettingType::number: return parseNumeric(setting, text);
    case SettingType::choice:
        if (!chosenWord)
            return badValue(setting, text);
        break;
    case SettingType::text:
        if (setting.key == "lr_scheduler_kwargs" && !isJsonObject(text))
            return badValue(setting, text);
    }
    return SettingValue(std::string(text));
}

/// Version 5 says in words what 4.57 says with a flag.
std::string_view translated(std::string_view name, std::string_view text)
{
    if (name != "train_sampling_strategy")
        return text;
    return text == "group_by_length" ? "true" : text == "random" ? "false" : text;
}

Result<SettingValue> parseNamed(const Setting& setting, std::string_view name, std::string_view text)
{
    return parse(setting, translated(name, text));
}

// ---- JSON -------------------------------------------------------------------------------------------------------------

Json toJsonValue(const SettingValue& value)
{
    struct Visitor {
        Json operator()(std::monostate) const { return nullptr; }
        Json operator()(bool flag) const { return flag; }
        Json operator()(std::int64_t count) const { return count; }
        Json operator()(double amount) const { return amount; }
        Json operator()(const std::string& words) const { return words; }
    };
    return std::visit(Visitor(), value);
}

/// What would be typed for a JSON value: a string's own characters, anything else as JSON writes it.
std::string typed(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

Result<void> Recipe::set(std::string_view name, std::string_view text)
{
    const Setting* setting = findSetting(name);
    if (!setting)
        return unknownSetting(name);
    EARMARK_TRY(chosen_[std::string(setting->key)], parseNamed(*setting, name, text));
    return {};
}

Result<void> Recipe::setDefault(std::string_view name, std::string_view text)
{
    const Setting* setting = findSetting(name);
    if (!setting)
        return unknownSetting(name);
    EARMARK_TRY(defaults_[std::string(setting->key)], parseNamed(*setting, name, text));
    return {};
}

void Recipe::reset(std::string_view name)
{
    if (const Setting* setting = findSetting(name))
        chosen_.erase(std::string(setting->key));
}

const SettingValue& Recipe::value(std::string_view key) const
{
    static const SettingValue nothing;
    const Setting* setting = findSetting(key);
    if (!setting)
        return nothing;
    if (const auto own = chosen_.find(setting->key); own != chosen_.end())
        return own->second;
    if (const auto preset = defaults_.find(setting->key); preset != defaults_.end())
        return preset->second;
    return setting->initial;
}

bool Recipe::boolean(std::string_view key) const
{
    const bool* flag = std::get_if<bool>(&value(key));
    return flag && *flag;
}

std::int64_t Recipe::integer(std::string_view key) const
{
    const SettingValue& held = value(key);
    if (const double* amount = std::get_if<double>(&held))
        return static_cast<std::int64_t>(*amount);
    const std::int64_t* count = std::get_if<std::int64_t>(&held);
    return count ? *count : 0;
}

double Recipe::number(std::string_view key) const
{
    const SettingValue& held = value(key);
    if (const std::int64_t* count = std::get_if<std::int64_t>(&held))
        return static_cast<double>(*count);
    const double* amount = std::get_if<double>(&held);
    return amount ? *amount : 0;
}

std::string Recipe::text(std::string_view key) const
{
    const std::string* words = std::get_if<std::string>(&value(key));
    return words ? *words : std::string();
}

bool Recipe::has(std::string_view key) const { return !std::holds_alternative<std::monostate>(value(key)); }

bool Recipe::isSet(std::string_view key) const
{
    const Setting* setting = findSetting(key);
    return setting && chosen_.contains(setting->key);
}

void Recipe::merge(const Recipe& other)
{
    for (const auto& [key, chosen] : other.chosen_)
        chosen_.insert_or_assign(key, chosen);
}

std::string Recipe::typed(std::string_view key) const { return has(key) ? earmark::typed(toJsonValue(value(key))) : "none"; }

std::string Recipe::toJson() const
{
    Json object = Json::object();
    for (const Setting& setting : settings())
        object[std::string(setting.key)] = toJsonValue(value(setting.key));
    return object.dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<void> Recipe::applyJson(std::string_view json)
{
    const Json read = parseJson(json);
    if (!read.is_object())
        return failure("io.unreadable", "The settings are not a JSON object. Give a run.json, or an object such as {\"learning_rate\": 5e-5}.");
    const Json& object = read.contains("settings") && read["settings"].is_object() ? read["settings"] : read;
    Recipe result = *this; // all of it or nothing
    for (const auto& [name, value] : object.items())
        EARMARK_TRY_VOID(result.set(name, value.is_null() ? "none" : earmark::typed(value)));
    *this = std::move(result);
    return {};
}

} // namespace earmark
