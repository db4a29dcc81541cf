// The page TrainPage. Thread: the window's.
#pragma once

#include "ui/pages/page.h"

namespace earmark
{

class TrainPage : public Page
{
    Q_OBJECT

public:
    explicit TrainPage(Workspace& workspace, QWidget* parent = nullptr);
};

} // namespace earmark
