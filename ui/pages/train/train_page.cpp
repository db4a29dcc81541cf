#include "ui/pages/train/train_page.h"

namespace earmark
{

TrainPage::TrainPage(Workspace& workspace, QWidget* parent) : Page(workspace, parent) {}

} // namespace earmark
