// The table of clips: the row at hand is the clip at hand. Enter opens the Label page, Delete removes, the header sorts and says which columns there are;
// columns that no clip has anything for are hidden until one has. Thread: the window's.
#pragma once

#include <QTableView>

#include <optional>
#include <vector>

#include "ui/models/clip_table_model.h"

namespace earmark
{

class ClipTable : public QTableView
{
    Q_OBJECT

public:
    ClipTable(Workspace& workspace, ClipTableModel& clips, QWidget* parent = nullptr);

    std::vector<ClipId> selectedClips() const; ///< as they are shown; the clip at hand alone where nothing more is selected

Q_SIGNALS:
    void selectedChanged(); ///< at most once a turn of the event loop
    void openAsked();       ///< Enter, a double click
    void removeAsked();     ///< Delete
    void menuAsked(const QPoint& place); ///< global

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void setUpHeader();
    void headerMenu(const QPoint& place);
    void chooseColumns();
    void fitName();
    void remember();
    void restore();
    void follow();
    void tellSoon();

    Workspace& workspace_;
    ClipTableModel& clips_;
    bool following_ = false;     ///< the table moves to the clip at hand, not the other way round
    bool telling_ = false;
    QTimer* columns_;            ///< looks at which are empty
    std::vector<ClipId> kept_;   ///< selected before a reset
    std::optional<ClipId> top_;  ///< first in sight before it
};

} // namespace earmark
