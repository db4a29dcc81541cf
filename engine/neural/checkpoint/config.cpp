#include "engine/neural/checkpoint/config.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace earmark::neural
{

namespace
{

/// Python reads 16000.0 as a size too.
std::optional<std::int64_t> asInteger(const Json& value)
{
    constexpr double exact = 9007199254740992.0; // 2^53
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>() <= INT64_MAX ? std::optional(value.get<std::int64_t>()) : std::nullopt;
    if (value.is_number_integer())
        return value.get<std::int64_t>();
    if (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>() &&
        std::abs(value.get<double>()) < exact)
        return static_cast<std::int64_t>(value.get<double>());
    return std::nullopt;
}

std::string rangeText(std::int64_t low, std::int64_t high)
{
    return "a whole number from " + std::to_string(low) + " to " + std::to_string(high);
}

std::string shown(const Json& value)
{
    const std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 57) + "…";
}

std::optional<std::size_t> labelId(const std::string& key)
{
    std::size_t id = 0;
    const auto [end, status] = std::from_chars(key.data(), key.data() + key.size(), id);
    return status == std::errc() && end == key.data() + key.size() ? std::optional(id) : std::nullopt;
}

constexpr std::int64_t mostLabels = 1'000'000;

} // namespace

ConfigReader::ConfigReader(const Json& json, std::string path) : json_(json), path_(std::move(path))
{
    require(json.is_object(), "the file is not a JSON object");
}

const Json* ConfigReader::find(const char* key) const
{
    const auto place = json_.is_object() ? json_.find(key) : json_.end();
    return place == json_.end() || place->is_null() ? nullptr : &*place;
}

void ConfigReader::refuse(const char* key, const std::string& wanted)
{
    if (!error_)
        error_ = Error{"model.bad_config",
                       quoteName(path_) + " has " + key + " = " + shown(json_.at(key)) + ", but it must be " + wanted +
                           "; correct it or fetch the file again.",
                       path_,
                       {{"key", key}}};
}

std::optional<std::int64_t> ConfigReader::optionalInteger(const char* key, std::int64_t low, std::int64_t high)
{
    const Json* value = find(key);
    if (!value)
        return std::nullopt;
    const auto number = asInteger(*value);
    if (number && *number >= low && *number <= high)
        return number;
    refuse(key, rangeText(low, high));
    return std::nullopt;
}

std::int64_t ConfigReader::integer(const char* key, std::int64_t byDefault, std::int64_t low, std::int64_t high)
{
    return optionalInteger(key, low, high).value_or(byDefault);
}

double ConfigReader::number(const char* key, double byDefault, double low, double high)
{
    const Json* value = find(key);
    if (!value)
        return byDefault;
    if (value->is_number() && value->get<double>() >= low && value->get<double>() <= high)
        return value->get<double>();
    refuse(key, "a number from " + shown(low) + " to " + shown(high));
    return byDefault;
}

bool ConfigReader::boolean(const char* key, bool byDefault)
{
    const Json* value = find(key);
    if (!value)
        return byDefault;
    if (value->is_boolean())
        return value->get<bool>();
    if (const auto number = asInteger(*value); number && (*number == 0 || *number == 1))
        return *number == 1;
    refuse(key, "true or false");
    return byDefault;
}

std::string ConfigReader::text(const char* key, const std::string& byDefault)
{
    const Json* value = find(key);
    if (!value)
        return byDefault;
    if (value->is_string())
        return value->get<std::string>();
    refuse(key, "a text");
    return byDefault;
}

std::string ConfigReader::choice(const char* key, const std::string& byDefault,
                                 std::initializer_list<std::string_view> allowed)
{
    const std::string value = text(key, byDefault);
    if (std::ranges::find(allowed, value) != allowed.end())
        return value;
    std::string wanted = "one of";
    for (const std::string_view word : allowed)
        wanted += (word == *allowed.begin() ? " " : ", ") + std::string(word);
    if (find(key))
        refuse(key, wanted);
    return byDefault;
}

std::vector<std::int64_t> ConfigReader::integers(const char* key, std::vector<std::int64_t> byDefault, std::int64_t low,
                                                 std::int64_t high, std::size_t longest)
{
    const Json* value = find(key);
    if (!value)
        return byDefault;
    std::vector<std::int64_t> numbers;
    if (value->is_array() && !value->empty() && value->size() <= longest)
        for (const Json& item : *value)
            if (const auto number = asInteger(item); number && *number >= low && *number <= high)
                numbers.push_back(*number);
    if (!numbers.empty() && numbers.size() == value->size())
        return numbers;
    refuse(key, "a list of one to " + std::to_string(longest) + " numbers, each " + rangeText(low, high));
    return byDefault;
}

std::vector<std::string> ConfigReader::texts(const char* key, std::vector<std::string> byDefault)
{
    const Json* value = find(key);
    if (!value)
        return byDefault;
    if (value->is_string())
        return {value->get<std::string>()};
    if (value->is_array() && std::ranges::all_of(*value, [](const Json& item) { return item.is_string(); }))
        return value->get<std::vector<std::string>>();
    refuse(key, "a list of texts");
    return byDefault;
}

bool ConfigReader::isNull(const char* key) const
{
    const auto found = json_.find(key);
    return found != json_.end() && found->is_null();
}

void ConfigReader::require(bool holds, const std::string& sentence)
{
    if (!holds && !error_)
        error_ = Error{"model.bad_config", quoteName(path_) + " cannot be used: " + sentence + ".", path_, {}};
}

Result<void> ConfigReader::outcome() const
{
    if (error_)
        return tl::unexpected(*error_);
    return {};
}

Result<Json> readConfig(const std::string& folder)
{
    const std::string path = folder + "/config.json";
    auto json = readJson(path);
    if (!json && json.error().code == "io.not_found")
        return failure("model.not_found", quoteName(folder) + " is not a model folder: it has no config.json.", folder);
    if (json && !json->is_object())
        return failure("model.bad_config", quoteName(path) + " is not a JSON object; fetch the file again.", path);
    return json;
}

Result<std::vector<std::string>> labelsOf(const Json& config, const std::string& path)
{
    const auto refuse = [&](const std::string& why) {
        return failure("model.bad_config", quoteName(path) + " has an id2label that " + why + "; correct it.", path);
    };
    const Json map = config.value("id2label", Json());
    if (!map.is_null() && (!map.is_object() || map.empty()))
        return refuse("is not a map from numbers to names");
    std::size_t count = map.size();
    if (map.is_null()) {
        ConfigReader read(config, path);
        count = static_cast<std::size_t>(read.integer("num_labels", 2, 1, mostLabels));
        EARMARK_TRY_VOID(read.outcome());
    }
    if (count > mostLabels)
        return refuse("is too long");
    std::vector<std::string> names(count);
    for (std::size_t id = 0; id < count; ++id)
        names[id] = "LABEL_" + std::to_string(id);
    if (map.is_object())
        for (const auto& [key, name] : map.items()) {
            const auto id = labelId(key);
            if (!id || !(name.is_string() || name.is_number()))
                return refuse("is not a map from numbers to names");
            if (*id < count) // upstream's head has as many outputs as the map has entries, whatever their ids
                names[*id] = name.is_string() ? name.get<std::string>() : name.dump();
        }
    return names;
}

void setLabels(Json& config, const std::vector<std::string>& labels)
{
    Json names = Json::object(), ids = Json::object();
    for (std::size_t id = 0; id < labels.size(); ++id) {
        names[std::to_string(id)] = labels[id];
        ids[labels[id]] = id;
    }
    config["id2label"] = std::move(names);
    config["label2id"] = std::move(ids);
    config.erase("num_labels");
}

} // namespace earmark::neural
