// Something worth knowing that stops nothing, as a plain value: a code that translations match on, and one English sentence for people. Thread: any.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

struct Remark {
    std::string code;                              ///< one of remarkCodes(); "" where `causes` say all
    std::string message;                           ///< a sentence, the causes in it
    std::map<std::string, std::string> parameters; ///< what the sentence was filled with, for translation
    std::vector<Error> causes;                     ///< what went wrong, where something did; the first of many
};

/// An error that stopped nothing.
Remark remarkOf(Error error);

/// Every code, for translations to be held to.
std::span<const std::string_view> remarkCodes();

/// The sentences alone.
std::vector<std::string> messagesOf(const std::vector<Remark>& remarks);

} // namespace earmark
