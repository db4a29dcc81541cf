// The clips of the project: found, sorted, looked through, labelled in bulk, divided and brought in. Thread: the window's.
#pragma once

#include "ui/models/clip_table_model.h"
#include "ui/pages/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace earmark
{

class ClipTable;
class FilterBar;
class ImportFlow;
class Inspector;
class LabelKeys;
class MissingFiles;

class DataPage : public Page
{
    Q_OBJECT

public:
    explicit DataPage(Workspace& workspace, QWidget* parent = nullptr);

    void entered() override;

private:
    QWidget* makeWork();
    QWidget* makeTable();
    QWidget* makeEmpty();
    QWidget* makeNothing();
    void connectAll();
    void showState();
    void label(const LabelClass& label, bool further);
    void openMenu(const QPoint& place);
    void askRemove();
    void askDivide();

    ClipTableModel clips_;
    ImportFlow* import_;
    LabelKeys* keys_;
    QStackedWidget* stack_; ///< no clips, or all the rest
    QStackedWidget* found_ = nullptr; ///< the table, or that nothing fits the filter
    FilterBar* bar_ = nullptr;
    ClipTable* table_ = nullptr;
    Inspector* inspector_ = nullptr;
    MissingFiles* missing_ = nullptr;
};

} // namespace earmark
