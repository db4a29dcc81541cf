#include "ui/dialogs/error_text.h"

#include "ui/models/text.h"

namespace earmark
{

QString errorText(const Error& error) { return shown(error.message); }

} // namespace earmark
