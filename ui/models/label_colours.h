// The colour of a label: the label set's own, and for a label that a model brings and the project does not have, one of the same palette by its place
// among the model's labels. The same label has the same colour everywhere. Thread: the window's.
#pragma once

#include <QColor>
#include <QIcon>

#include <string>

#include "engine/bridge/project_view.h"

namespace earmark
{

QColor labelColour(const LabelClass& label);
/// `place`: index among the model's labels.
QColor labelColour(const ProjectView& view, const std::string& name, std::size_t place = 0);
/// Black or white: what can be read on this colour.
QColor textOn(const QColor& colour);

/// A rounded field of the colour, the same where its row is selected.
QIcon labelSwatch(const QColor& colour);

} // namespace earmark
