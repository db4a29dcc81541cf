// One of the five workspaces. It gets the Workspace and nothing else; what it needs of another page it asks of that. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/workspace.h"

namespace earmark
{

class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(Workspace& workspace, QWidget* parent = nullptr);

    /// The page came to the front: read what was put off while nobody looked.
    virtual void entered() {}

protected:
    Workspace& workspace() const { return workspace_; }

private:
    Workspace& workspace_;
};

} // namespace earmark
