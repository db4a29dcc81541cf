// What undo and redo would do, in the user's language: the engine's journal keeps English, for it outlives the window. Thread: the window's.
#pragma once

#include <QString>

#include <string>

namespace earmark
{

/// "Label 1 clip" → what stands in the journal, translated where its kind is known and the journal's own words otherwise.
QString undoText(const std::string& what);

} // namespace earmark
