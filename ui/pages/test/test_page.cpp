#include "ui/pages/test/test_page.h"

namespace earmark
{

TestPage::TestPage(Workspace& workspace, QWidget* parent) : Page(workspace, parent) {}

} // namespace earmark
