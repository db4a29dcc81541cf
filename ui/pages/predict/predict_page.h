// The page PredictPage. Thread: the window's.
#pragma once

#include "ui/pages/page.h"

namespace earmark
{

class PredictPage : public Page
{
    Q_OBJECT

public:
    explicit PredictPage(Workspace& workspace, QWidget* parent = nullptr);
};

} // namespace earmark
