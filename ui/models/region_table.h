// The regions of the clip at hand as a table: start, end, low, high, labels. Cells are edited in place; an edit goes to the project at once and
// comes back through ClipDetails. Thread: the window's.
#pragma once

#include <QAbstractTableModel>

#include "ui/models/clip_details.h"

namespace earmark
{

class RegionTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { start, end, low, high, labels, columns };

    RegionTable(Workspace& workspace, ClipDetails& details, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override; ///< Qt::EditRole: a number, invalid where there is no bound, or the labels' text
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    std::optional<std::int64_t> region(int row) const;
    int rowOf(std::int64_t region) const; ///< -1 where it is gone

    static constexpr const char* separator = " | "; ///< between the labels of one region

private:
    void refresh();

    Workspace& workspace_;
    ClipDetails& details_;
    std::vector<std::int64_t> ids_; ///< as the views know them
};

} // namespace earmark
