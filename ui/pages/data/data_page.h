// The page DataPage. Thread: the window's.
#pragma once

#include "ui/pages/page.h"

namespace earmark
{

class DataPage : public Page
{
    Q_OBJECT

public:
    explicit DataPage(Workspace& workspace, QWidget* parent = nullptr);
};

} // namespace earmark
