// What can be done with the selected clips, as a menu. Thread: the window's.
#pragma once

#include <QMenu>

#include <vector>

#include "ui/models/workspace.h"

namespace earmark
{

class ClipMenu : public QMenu
{
    Q_OBJECT

public:
    ClipMenu(Workspace& workspace, std::vector<ClipId> clips, QWidget* parent = nullptr);

Q_SIGNALS:
    void removeAsked();
    void relocateAsked();

private:
    void addLabels();
    void addStates();
    void addSplits();
    void addFiles();

    Workspace& workspace_;
    const std::vector<ClipId> clips_;
};

} // namespace earmark
