// The figures of each label as a table: clips, precision, recall, F1, and what it is taken for most often. To be sorted through a proxy by
// SortRole. Thread: the window's.
#pragma once

#include <QAbstractTableModel>

#include <memory>

#include "ui/models/test_result.h"

namespace earmark
{

class LabelFiguresTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { label, clips, precision, recall, f1, mistaken, columns };
    static constexpr int SortRole = Qt::UserRole;

    explicit LabelFiguresTable(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    void show(std::shared_ptr<const TestResult> result);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const TestResult> result_;
    std::vector<int> mistakenFor_; ///< by label; −1 where never
};

} // namespace earmark
