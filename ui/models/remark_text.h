// A remark of the engine in the user's language, as error_text has errors: by its code and parameters; in English the engine's own words.
// Thread: the window's.
#pragma once

#include <QString>

#include <string_view>

#include "engine/base/remark.h"

namespace earmark
{

QString remarkText(const Remark& remark);

/// The English sentence that is translated for the code, without its parameters; empty where the code is unknown.
QString remarkSentence(std::string_view code);

} // namespace earmark
