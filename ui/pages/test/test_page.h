// The page TestPage. Thread: the window's.
#pragma once

#include "ui/pages/page.h"

namespace earmark
{

class TestPage : public Page
{
    Q_OBJECT

public:
    explicit TestPage(Workspace& workspace, QWidget* parent = nullptr);
};

} // namespace earmark
