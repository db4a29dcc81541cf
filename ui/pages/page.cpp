#include "ui/pages/page.h"

namespace earmark
{

Page::Page(Workspace& workspace, QWidget* parent) : QWidget(parent), workspace_(workspace) {}

} // namespace earmark
