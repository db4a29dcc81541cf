#include "ui/pages/label/label_page.h"

namespace earmark
{

LabelPage::LabelPage(Workspace& workspace, QWidget* parent) : Page(workspace, parent) {}

} // namespace earmark
