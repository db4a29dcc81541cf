// The one table of settings: behind --set, --help, run.json and the Train page. Names, spellings and defaults are those of Hugging Face's
// TrainingArguments (4.57.6) and example scripts; v5 spellings are accepted as aliases.
// Thread: any; a Recipe is a plain value.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

enum class SettingType { boolean, integer, number, text, choice };

/// monostate is "not set" (None upstream).
using SettingValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct Setting {
    std::string_view key; ///< Hugging Face's name
    SettingType type;
    SettingValue initial; ///< the default
    double lowest;        ///< for integer and number, inclusive
    double highest;
    std::vector<std::string_view> choices; ///< for choice
    std::vector<std::string_view> aliases; ///< other accepted spellings
    std::string_view section;              ///< "training", "optimiser", "schedule", "model", "data", "augmentation", "evaluation", "saving"
    bool common;                           ///< one of the eight that people change most
    std::string_view explanation;          ///< one English line
    std::string_view title;                ///< English words that stand before it in a form
};

std::span<const Setting> settings();
/// By key or alias; null where there is none.
const Setting* findSetting(std::string_view name);

class Recipe
{
public:
    /// `text` as typed: "5e-5", "true", "none". Errors: recipe.unknown_setting (names the nearest), recipe.bad_value (names the range).
    Result<void> set(std::string_view name, std::string_view text);
    /// A default other than the table's, e.g. a preset's; does not count as set by the user and never replaces what the user set.
    Result<void> setDefault(std::string_view name, std::string_view text);
    /// Takes back what the user set: the default holds again.
    void reset(std::string_view name);

    /// Takes over what the user set in `other`.
    void merge(const Recipe& other);

    bool boolean(std::string_view key) const;
    std::int64_t integer(std::string_view key) const;
    double number(std::string_view key) const; ///< integers too
    std::string text(std::string_view key) const; ///< text and choice; "" where not set
    bool has(std::string_view key) const;         ///< holds a value other than "not set"
    bool isSet(std::string_view key) const;       ///< was set by the user
    /// The value as one would type it: "5e-05", "true", "none".
    std::string typed(std::string_view key) const;

    /// Every setting as one JSON object, in the table's order; what run.json holds under "settings".
    std::string toJson() const;
    /// Reads such an object; counts as set by the user. Also takes a whole run.json. Errors: recipe.*, io.unreadable for no JSON.
    Result<void> applyJson(std::string_view json);

private:
    const SettingValue& value(std::string_view key) const;

    std::map<std::string, SettingValue, std::less<>> chosen_;
    std::map<std::string, SettingValue, std::less<>> defaults_;
};

} // namespace earmark
