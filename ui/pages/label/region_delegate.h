// Editors for the cells of the region table: numbers in their units, empty for no bound, labels by name with those of the label set to choose from.
// Thread: the window's.
#pragma once

#include <QStyledItemDelegate>

#include "ui/models/workspace.h"

namespace earmark
{

class RegionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    RegionDelegate(Workspace& workspace, QObject* parent);

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

private:
    Workspace& workspace_;
};

} // namespace earmark
