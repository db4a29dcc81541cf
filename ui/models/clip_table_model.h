// The clips of the open project as a table, filtered and sorted. The rows stay where they are, in ProjectView; the model keeps the ids of those that
// are shown. A filter or an order is made in slices that leave the window free, sorted on a thread, and shown when it is complete.
// Thread: the window's.
#pragma once

#include <QAbstractTableModel>
#include <QTimer>

#include <memory>
#include <vector>

#include "ui/models/clip_filter.h"
#include "ui/models/clip_order.h"
#include "ui/models/latest_job.h"
#include "ui/models/workspace.h"

namespace earmark
{

class ClipTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit ClipTableModel(Workspace& workspace, QObject* parent = nullptr);
    ~ClipTableModel() override;

    const ClipFilter& filter() const { return filter_; }
    void setFilter(ClipFilter filter);
    const ClipOrder& order() const { return order_; }
    void setOrder(ClipOrder order);
    bool isBusy() const { return pass_ || job_.isBusy(); } ///< what is shown is not yet what was asked for

    const std::vector<ClipId>& clips() const { return shown_; } ///< as they are shown
    const ClipRow* row(int position) const;
    const ClipRow* row(const QModelIndex& index) const { return row(index.row()); }
    int positionOf(ClipId clip) const; ///< −1 where it is not shown; a walk over the shown ones
    QString text(const ClipRow& row, ClipColumn column) const;

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(shown_.size()); }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : clipColumns; }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

    static QString stateText(ClipState state); ///< "" for none
    static QString splitText(const std::string& name); ///< the three usual ones translated

Q_SIGNALS:
    void filterChanged();
    void shownChanged(); ///< clips(), or isBusy()

private:
    struct Pass; ///< one walk over all rows

    void renew();
    void walk();
    void conclude();
    void become(std::vector<ClipId> clips);
    bool becomeBySteps(const std::vector<ClipId>& clips);
    void rowsReset();
    void rowsAppended(int first, int count);
    void rowsChanged(const std::vector<int>& rows);
    void repaint();
    QString tip(const ClipRow& row, ClipColumn column) const;

    Workspace& workspace_;
    ClipFilter filter_;
    ClipOrder order_;
    std::vector<ClipId> shown_;
    std::unique_ptr<Pass> pass_;
    QTimer slice_;
    QTimer later_; ///< renews once for many changes
    LatestJob job_;
};

} // namespace earmark
