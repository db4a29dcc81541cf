// The labels with the number of their clips as bars: how balanced the classes are, and a click shows the clips of one. Thread: the window's.
#pragma once

#include <QListView>

#include "ui/models/clip_table_model.h"
#include "ui/models/label_balance.h"

namespace earmark
{

class BalanceList : public QListView
{
    Q_OBJECT

public:
    BalanceList(Workspace& workspace, ClipTableModel& clips, QWidget* parent = nullptr);

private:
    void choose(const QModelIndex& current);
    void follow();

    ClipTableModel& clips_;
    LabelBalance balance_;
    bool following_ = false;
};

} // namespace earmark
