// What the files of all tokenizers have in common. Private to this room. Thread: any. Error: model.bad_config.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/error.h"
#include "engine/text/added_tokens.h"

namespace earmark
{

using Json = nlohmann::json;
using Files = std::map<std::string, std::string>; ///< contents by name

/// Keys of special tokens, in upstream's order, which is the order in which tokens that the vocabulary lacks get their ids.
inline constexpr const char* specialTokenKeys[] = {"bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"};

/// "“folder/file” `what`; correct it or fetch the file again."
tl::unexpected<Error> badFile(const std::string& folder, const std::string& file, const std::string& what);

/// A JSON object; an empty one where the file is not there. What is nested eight deep is left out.
Result<Json> parseObject(const Files& files, const std::string& folder, const std::string& file);

std::string textOf(const Json& json, const char* key, const std::string& byDefault);
bool flagOf(const Json& json, const char* key, bool byDefault);

/// An id as it stands in a file; nothing where it is no id.
std::optional<std::int64_t> idIn(const Json& value);
std::optional<std::int64_t> idIn(const std::string& key);

/// A token of its own: {"content": …, "lstrip": …}.
AddedToken addedToken(const Json& json);

/// A special token as the files name it: by its text alone, or with what it does to the space around it.
struct SpecialToken {
    AddedToken token;
    bool whole = false;
};

std::optional<SpecialToken> specialToken(const Json& json);

} // namespace earmark
