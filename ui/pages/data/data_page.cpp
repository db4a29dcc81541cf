#include "ui/pages/data/data_page.h"

namespace earmark
{

DataPage::DataPage(Workspace& workspace, QWidget* parent) : Page(workspace, parent) {}

} // namespace earmark
