#include "engine/neural/checkpoint/json.h"

#include "engine/base/file.h"

namespace earmark::neural
{

namespace
{

constexpr std::size_t deepest = 64;
constexpr std::uint64_t largest = 64u << 20;

/// Writing a value out again recurses, so its depth is bounded before it is built.
bool tooDeep(std::string_view text)
{
    std::size_t depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (inString)
            continue;
        else if ((c == '{' || c == '[') && ++depth > deepest)
            return true;
        else if ((c == '}' || c == ']') && depth > 0)
            --depth;
    }
    return false;
}

} // namespace

Result<Json> parseJson(std::string_view text, const std::string& path, std::string_view code)
{
    if (tooDeep(text))
        return failure(
            code, quoteName(path) + " nests its values too deeply to be a configuration; fetch the file again.", path);
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        return failure(code,
                       quoteName(path) + " is not valid JSON (at byte " + std::to_string(error.byte) +
                           "); correct it or fetch the file again.",
                       path);
    } catch (const Json::exception&) { // a number that no double holds
        return failure(code, quoteName(path) + " holds a number out of range; correct it or fetch the file again.",
                       path);
    }
}

Result<Json> readJson(const std::string& path, std::string_view code)
{
    EARMARK_TRY(const std::string text, readFile(path, largest));
    return parseJson(text, path, code);
}

std::string dumpJson(const Json& value)
{
    return value.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

} // namespace earmark::neural
