// An engine error as a sentence in the user's language, by its code and parameters. A code without a translated sentence keeps the engine's English
// one, which names the file and what to do. Thread: the window's.
#pragma once

#include <QString>

#include "engine/base/error.h"

namespace earmark
{

QString errorText(const Error& error);

} // namespace earmark
