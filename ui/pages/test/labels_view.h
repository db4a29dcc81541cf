// The figures of each label, to be sorted by any. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/label_figures_table.h"
#include "ui/models/workspace.h"

class QSortFilterProxyModel;
class QTableView;

namespace earmark
{

class LabelsView : public QWidget
{
    Q_OBJECT

public:
    explicit LabelsView(Workspace& workspace, QWidget* parent = nullptr);
    void show(std::shared_ptr<const TestResult> result);
    using QWidget::show;

Q_SIGNALS:
    void chosen(int label);

private:
    LabelFiguresTable figures_;
    std::shared_ptr<const TestResult> result_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    bool filling_ = false;
};

} // namespace earmark
