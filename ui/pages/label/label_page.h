// The page LabelPage. Thread: the window's.
#pragma once

#include "ui/pages/page.h"

namespace earmark
{

class LabelPage : public Page
{
    Q_OBJECT

public:
    explicit LabelPage(Workspace& workspace, QWidget* parent = nullptr);
};

} // namespace earmark
