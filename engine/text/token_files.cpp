#include "engine/text/token_files.h"

#include "engine/text/unicode.h"

namespace earmark
{

tl::unexpected<Error> badFile(const std::string& folder, const std::string& file, const std::string& what)
{
    const std::string path = folder + "/" + file;
    return failure("model.bad_config", quoteName(path) + " " + what + "; correct it or fetch the file again.", path);
}

Result<Json> parseObject(const Files& files, const std::string& folder, const std::string& file)
{
    const auto text = files.find(file);
    if (text == files.end())
        return Json::object();
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < 8; };
    Json json = Json::parse(text->second, shallow, false);
    if (!json.is_object())
        return badFile(folder, file, "is not a JSON object");
    return json;
}

std::string textOf(const Json& json, const char* key, const std::string& byDefault)
{
    const auto value = json.find(key);
    return value != json.end() && value->is_string() ? value->get<std::string>() : byDefault;
}

bool flagOf(const Json& json, const char* key, bool byDefault)
{
    const auto value = json.find(key);
    return value != json.end() && value->is_boolean() ? value->get<bool>() : byDefault;
}

std::optional<std::int64_t> idIn(const Json& value)
{
    if (!value.is_number_integer())
        return std::nullopt;
    const auto id = value.get<std::int64_t>();
    return id >= 0 && id < (std::int64_t(1) << 31) ? std::optional(id) : std::nullopt;
}

std::optional<std::int64_t> idIn(const std::string& key)
{
    return idIn(key.empty() || key.size() > 10 || key.find_first_not_of("0123456789") != std::string::npos ? Json() : Json(std::stoll(key)));
}

AddedToken addedToken(const Json& json)
{
    AddedToken token{.content = codePoints(textOf(json, "content", ""))};
    token.lstrip = flagOf(json, "lstrip", false);
    token.rstrip = flagOf(json, "rstrip", false);
    token.singleWord = flagOf(json, "single_word", false);
    token.special = flagOf(json, "special", false);
    token.normalized = flagOf(json, "normalized", !token.special);
    return token;
}

std::optional<SpecialToken> specialToken(const Json& json)
{
    SpecialToken read;
    if (json.is_string()) {
        read.token.content = codePoints(json.get<std::string>());
    } else if (json.is_object() && json.contains("content")) {
        read.token = addedToken(json);
        read.whole = true;
    }
    read.token.special = true;
    return read.token.content.empty() ? std::nullopt : std::optional(std::move(read));
}

} // namespace earmark
