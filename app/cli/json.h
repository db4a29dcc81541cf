// What the commands print under --json. Names that are not UTF-8 get U+FFFD for each invalid byte: a line of output is always valid JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace earmark::cli
{

using Json = nlohmann::ordered_json;

inline std::string oneLine(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

} // namespace earmark::cli
