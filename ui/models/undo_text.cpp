#include "ui/models/undo_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

struct Kind {
    const char* pattern;    ///< of the engine's words; a number in them is %n
    const char* translated; ///< context "earmark::undo"
};

constexpr std::array kinds = {
    Kind{"^Label (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Label %n clip(s)")},
    Kind{"^Add a label to (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Add a label to %n clip(s)")},
    Kind{"^Take a label off (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Take a label off %n clip(s)")},
    Kind{"^Mark (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Mark %n clip(s)")},
    Kind{"^Group (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Group %n clip(s)")},
    Kind{"^Add (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Add %n clip(s)")},
    Kind{"^Remove (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Remove %n clip(s)")},
    Kind{"^Set a number of (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Set a number of %n clip(s)")},
    Kind{"^Change a transcript$", QT_TRANSLATE_NOOP("earmark::undo", "Change a transcript")},
    Kind{"^Change a note$", QT_TRANSLATE_NOOP("earmark::undo", "Change a note")},
    Kind{"^Add a region$", QT_TRANSLATE_NOOP("earmark::undo", "Add a region")},
    Kind{"^Change a region$", QT_TRANSLATE_NOOP("earmark::undo", "Change a region")},
    Kind{"^Remove a region$", QT_TRANSLATE_NOOP("earmark::undo", "Remove a region")},
    Kind{"^Merge two labels$", QT_TRANSLATE_NOOP("earmark::undo", "Merge two labels")},
    Kind{"^Import (\\d+) clips?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Import %n clip(s)")},
    Kind{"^Change the label set$", QT_TRANSLATE_NOOP("earmark::undo", "Change the label set")},
    Kind{"^Move (\\d+) clips? to another split$", QT_TRANSLATE_N_NOOP("earmark::undo", "Move %n clip(s) to another split")},
    Kind{"^Relocate (\\d+) files?$", QT_TRANSLATE_N_NOOP("earmark::undo", "Relocate %n file(s)")},
    Kind{"^Divide the clips$", QT_TRANSLATE_NOOP("earmark::undo", "Divide the clips")},
};

} // namespace

QString undoText(const std::string& what)
{
    const QString english = shown(what);
    for (const Kind& kind : kinds)
        if (const auto match = QRegularExpression(kind.pattern).match(english); match.hasMatch()) {
            const int count = match.lastCapturedIndex() > 0 ? match.captured(1).toInt() : -1;
            const QString text = QCoreApplication::translate("earmark::undo", kind.translated, nullptr, count);
            const bool isUntranslated = count >= 0 && text == QString(kind.translated).replace("%n", QString::number(count));
            return isUntranslated ? english : text; // which has its plural right
        }
    return english;
}

} // namespace earmark
