// An engine error as a sentence in the user's language, by its code and parameters. Where the language has no sentence for a code (in English: always)
// the engine's own is shown, which names the file and what to do. Thread: the window's.
#pragma once

#include <QString>

#include <string_view>

#include "engine/base/error.h"

namespace earmark
{

QString errorText(const Error& error);

/// The English sentence that is translated for the code, without its parameters; empty where the code is unknown.
QString errorSentence(std::string_view code);

/// What can be done about it in the window.
enum class Cure {
    none,
    openAgain,   ///< the project was held by another program
    saveCopy,    ///< of a project that cannot be changed where it lies
    importOther, ///< choose other files
    showData,    ///< splits, labels, files that are gone
    showLabel,
    showTrain,   ///< the model or its settings
    useProcessor,
    freeCache,
    help,
};
Cure cureOf(std::string_view code);
QString cureText(Cure cure); ///< of a button; empty for none

} // namespace earmark
