// JSON out of foreign files: bounded in size and depth before anything is built from it, and back again in upstream's
// shape. Thread: any.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/base/error.h"

namespace earmark::neural
{

using Json = nlohmann::json;

/// `path` names the text in the error (`code`). At most 64 levels deep.
Result<Json> parseJson(std::string_view text, const std::string& path, std::string_view code = "model.bad_config");

/// Errors: io.*, `code`. At most 64 MiB.
Result<Json> readJson(const std::string& path, std::string_view code = "model.bad_config");

/// As `json.dumps(value, indent=2, sort_keys=True) + "\n"`: what transformers writes.
std::string dumpJson(const Json& value);

} // namespace earmark::neural
