#include "ui/pages/data/clip_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "ui/pages/data/clip_delegate.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr std::array<int, clipColumns> widths = {104, 190, 104, 80, 70, 100, 84, 104, 92};
constexpr int leastName = 130;
constexpr std::size_t mostRuns = 500; ///< stretches of a selection that are kept over a reset
constexpr int columnPause = 200;      ///< ms

} // namespace

ClipTable::ClipTable(Workspace& workspace, ClipTableModel& clips, QWidget* parent) : QTableView(parent), workspace_(workspace), clips_(clips), columns_(new QTimer(this))
{
    setObjectName("clips");
    setAccessibleName(tr("Clips"));
    setModel(&clips);
    auto* delegate = new ClipDelegate(workspace, clips, this);
    setItemDelegate(delegate);
    connect(delegate, &ClipDelegate::thumbnailReady, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setUpHeader();
    columns_->setSingleShot(true);
    connect(columns_, &QTimer::timeout, this, &ClipTable::chooseColumns);
    connect(&clips, &ClipTableModel::shownChanged, columns_, [this] {
        if (!columns_->isActive())
            columns_->start(columnPause);
    });
    connect(&clips, &QAbstractItemModel::modelAboutToBeReset, this, &ClipTable::remember);
    connect(&clips, &QAbstractItemModel::modelReset, this, &ClipTable::restore);
    connect(&workspace, &Workspace::currentChanged, this, &ClipTable::follow);
    connect(this, &QAbstractItemView::doubleClicked, this, &ClipTable::openAsked);
    chooseColumns();
}

void ClipTable::setUpHeader()
{
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4 * spaceUnit);
    QHeaderView* header = horizontalHeader();
    header->setObjectName("clipsHeader");
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setMinimumSectionSize(12 * spaceUnit);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    for (int i = 0; i < clipColumns; ++i)
        header->resizeSection(i, widths[static_cast<std::size_t>(i)]);
    setSortingEnabled(true);
    connect(header, &QHeaderView::sectionResized, this, [this](int section) {
        if (section != static_cast<int>(ClipColumn::name))
            fitName();
    });
    connect(header, &QWidget::customContextMenuRequested, this, &ClipTable::headerMenu);
}

// ---- columns ------------------------------------------------------------------------------------------------------------

void ClipTable::chooseColumns()
{
    const ProjectView& view = workspace_.view();
    const auto hidden = workspace_.settings().value("hiddenClipColumns").toStringList();
    const bool hasGroup = std::ranges::any_of(view.rows, [](const ClipRow& row) { return !row.group.empty(); });
    const bool hasState = std::ranges::any_of(view.rows, [](const ClipRow& row) { return row.state != ClipState::none; });
    for (int i = 0; i < clipColumns; ++i) {
        const auto column = static_cast<ClipColumn>(i);
        const bool isEmpty = (column == ClipColumn::group && !hasGroup) || (column == ClipColumn::state && !hasState) ||
                             (column == ClipColumn::split && view.splits.empty()) ||
                             ((column == ClipColumn::prediction || column == ClipColumn::confidence) && !view.shownRun);
        setColumnHidden(i, isEmpty || hidden.contains(QString::number(i)));
    }
    fitName();
}

/// The name has what the others leave, and enough to be read: then the table is moved sideways.
void ClipTable::fitName()
{
    constexpr int name = static_cast<int>(ClipColumn::name);
    const int others = horizontalHeader()->length() - columnWidth(name);
    setColumnWidth(name, std::max(leastName, viewport()->width() - others));
}

void ClipTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitName();
}

void ClipTable::headerMenu(const QPoint& place)
{
    QMenu menu(this);
    menu.setObjectName("columnsMenu");
    auto hidden = workspace_.settings().value("hiddenClipColumns").toStringList();
    for (int i = 0; i < clipColumns; ++i) {
        QAction* action = menu.addAction(clips_.headerData(i, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!hidden.contains(QString::number(i)));
        action->setEnabled(static_cast<ClipColumn>(i) != ClipColumn::name);
        action->setData(i);
    }
    if (const QAction* chosen = menu.exec(horizontalHeader()->mapToGlobal(place))) {
        const QString number = QString::number(chosen->data().toInt());
        if (chosen->isChecked())
            hidden.removeAll(number);
        else
            hidden.append(number);
        workspace_.settings().setValue("hiddenClipColumns", hidden);
        chooseColumns();
    }
}

// ---- selection ----------------------------------------------------------------------------------------------------------

std::vector<ClipId> ClipTable::selectedClips() const
{
    std::vector<std::pair<int, int>> runs;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        runs.emplace_back(range.top(), range.bottom());
    std::ranges::sort(runs);
    std::vector<ClipId> clips;
    int next = 0;
    for (const auto& [first, last] : runs) {
        for (int i = std::max(first, next); i <= last; ++i)
            clips.push_back(clips_.clips()[static_cast<std::size_t>(i)]);
        next = std::max(next, last + 1);
    }
    return clips;
}

void ClipTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    const ClipRow* row = clips_.row(current);
    if (row && !following_ && workspace_.currentClip() != row->id)
        workspace_.setCurrentClip(row->id);
    tellSoon();
}

void ClipTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    tellSoon();
}

void ClipTable::tellSoon()
{
    if (std::exchange(telling_, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            telling_ = false;
            Q_EMIT selectedChanged();
        },
        Qt::QueuedConnection);
}

/// Another page, or the player, came to another clip.
void ClipTable::follow()
{
    const auto clip = workspace_.currentClip();
    const ClipRow* row = clips_.row(currentIndex());
    if (!clip || (row && row->id == *clip))
        return;
    const int position = clips_.positionOf(*clip);
    if (position < 0)
        return;
    following_ = true;
    selectRow(position);
    following_ = false;
}

void ClipTable::remember()
{
    kept_ = selectionModel()->selection().size() <= static_cast<qsizetype>(mostRuns) ? selectedClips() : std::vector<ClipId>();
    const int top = rowAt(0);
    top_ = top > 0 ? std::optional(clips_.clips()[static_cast<std::size_t>(top)]) : std::nullopt;
}

void ClipTable::restore()
{
    const std::unordered_set<ClipId> wanted(kept_.begin(), kept_.end());
    const auto current = workspace_.currentClip();
    QItemSelection selection;
    int currentPosition = -1, topPosition = -1, begin = -1;
    const auto& clips = clips_.clips();
    for (int i = 0; i <= static_cast<int>(clips.size()); ++i) {
        const bool isIn = i < static_cast<int>(clips.size()) && wanted.contains(clips[static_cast<std::size_t>(i)]);
        if (isIn && begin < 0)
            begin = i;
        if (!isIn && begin >= 0) {
            if (selection.size() < static_cast<qsizetype>(mostRuns))
                selection.append(QItemSelectionRange(clips_.index(begin, 0), clips_.index(i - 1, clipColumns - 1)));
            begin = -1;
        }
        if (i < static_cast<int>(clips.size())) {
            if (clips[static_cast<std::size_t>(i)] == current)
                currentPosition = i;
            if (clips[static_cast<std::size_t>(i)] == top_)
                topPosition = i;
        }
    }
    kept_.clear();
    following_ = true;
    if (currentPosition >= 0)
        selectionModel()->setCurrentIndex(clips_.index(currentPosition, static_cast<int>(ClipColumn::name)), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    following_ = false;
    if (currentPosition >= 0)
        scrollTo(currentIndex());
    else if (topPosition >= 0)
        scrollTo(clips_.index(topPosition, 0), PositionAtTop);
    tellSoon();
}

// ---- keys ---------------------------------------------------------------------------------------------------------------

void ClipTable::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT openAsked(); return;
    case Qt::Key_Delete: Q_EMIT removeAsked(); return;
    default: break;
    }
    // No search by typing: letters are labels' keys.
    if (!event->text().isEmpty() && event->text().front().isPrint() && !(event->modifiers() & Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ClipTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (!selectionModel()->hasSelection())
        return;
    const QPoint place = event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(visualRect(currentIndex()).center()) : event->globalPos();
    Q_EMIT menuAsked(place);
}

} // namespace earmark
