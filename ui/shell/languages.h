// The language of the window: its own translation and Qt's, chosen by $EARMARK_LANGUAGE, the settings, or the system. Thread: the window's, before the
// first widget is made.
#pragma once

#include <QString>

namespace earmark
{

/// "zh_CN" or "en" for what was wished ("" as the system): the nearest language that there is.
QString languageFor(const QString& wished);

/// Installs the translations for the whole program and adds fonts for Chinese behind the system's own, so that names show in any language.
void installLanguage(const QString& wished);

} // namespace earmark
