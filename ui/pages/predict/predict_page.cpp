#include "ui/pages/predict/predict_page.h"

namespace earmark
{

PredictPage::PredictPage(Workspace& workspace, QWidget* parent) : Page(workspace, parent) {}

} // namespace earmark
