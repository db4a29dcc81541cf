#include "ui/pages/label/sound_editor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/pages/label/region_delegate.h"
#include "ui/widgets/spectrogram_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_axis.h"
#include "ui/widgets/waveform_view.h"

namespace earmark
{

namespace
{

constexpr double nudgeSeconds = 0.01;
constexpr double nudgeHertz = 50;

} // namespace

SoundEditor::SoundEditor(Workspace& workspace, ClipDetails& details, QWidget* parent)
    : QWidget(parent), workspace_(workspace), details_(details), overlay_(new RegionOverlay(workspace, details, this)),
      table_(new RegionTable(workspace, details, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    column->addWidget(makeSound(), 1);
    column->addWidget(makeTools());
    column->addWidget(makeTable());
    connect(overlay_, &RegionOverlay::selectionChanged, this, &SoundEditor::showSelection);
    connect(overlay_, &RegionOverlay::selectionChanged, this, &SoundEditor::hearSelection);
    connect(table_, &QAbstractItemModel::modelReset, this, &SoundEditor::showSelection);
    connect(&details_, &ClipDetails::changed, this, &SoundEditor::showRegions);
    applyTools();
    showRegions();
}

QWidget* SoundEditor::makeSound()
{
    SoundPicture& picture = workspace_.picture();
    Transport& transport = workspace_.transport();
    SoundView::followClip(viewport_, picture);
    SoundView::followPlayhead(viewport_, transport);
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    waveform_ = new WaveformView(picture, viewport_, transport);
    waveform_->setObjectName("labelWaveform");
    waveform_->setAccessibleName(tr("Waveform with regions"));
    auto* spectrogram = new SpectrogramView(picture, viewport_, transport);
    spectrogram->setObjectName("labelSpectrogram");
    spectrogram->setAccessibleName(tr("Spectrogram with regions"));
    for (SoundView* view : {waveform_, static_cast<SoundView*>(spectrogram)}) {
        view->addOverlay(overlay_);
        view->installEventFilter(this);
        connect(overlay_, &RegionOverlay::changed, view, qOverload<>(&QWidget::update));
    }
    column->addWidget(new TimeAxis(picture, viewport_, transport));
    column->addWidget(waveform_, 2);
    column->addWidget(spectrogram, 3);
    return box;
}

QToolButton* SoundEditor::makeTool(const QString& name, const QString& icon, const QString& text, const QString& tip)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIcon(Theme::instance().icon(icon));
    return button;
}

QWidget* SoundEditor::makeTools()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spaceUnit);
    hint_ = new QLabel;
    hint_->setObjectName("regionHint");
    hint_->setProperty("muted", true);
    hint_->setMinimumWidth(0);
    hint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    frequencies_ = makeTool("drawFrequencies", "spectrogram", tr("Frequency bounds"),
                            tr("Regions drawn on the spectrogram have a lowest and a highest frequency (or hold Ctrl while drawing)"));
    frequencies_->setCheckable(true);
    auto* snap = makeTool("snap", "magnet", tr("Snap"), tr("What edges of regions are drawn to"));
    snap->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(snap);
    snapEdges_ = menu->addAction(tr("To other regions and the playhead"));
    snapCrossings_ = menu->addAction(tr("To zero crossings"));
    snapGrid_ = menu->addAction(tr("To the grid of the time axis"));
    snap->setMenu(menu);
    remove_ = makeTool("removeRegion", "delete", tr("Remove region"), tr("Remove the region that is chosen (Del)"));
    const Settings& settings = workspace_.settings();
    frequencies_->setChecked(settings.value("label/frequencies", false).toBool());
    for (const auto& [action, key, standard] : {std::tuple(snapEdges_, "label/snapEdges", true), std::tuple(snapCrossings_, "label/snapCrossings", false),
                                                std::tuple(snapGrid_, "label/snapGrid", false)}) {
        action->setCheckable(true);
        action->setChecked(settings.value(key, standard).toBool());
        connect(action, &QAction::toggled, this, &SoundEditor::applyTools);
    }
    connect(frequencies_, &QToolButton::toggled, this, &SoundEditor::applyTools);
    connect(remove_, &QToolButton::clicked, overlay_, &RegionOverlay::removeSelected);
    row->addWidget(hint_, 1);
    row->addWidget(remove_);
    row->addWidget(frequencies_);
    row->addWidget(snap);
    return box;
}

QTableView* SoundEditor::makeTable()
{
    list_ = new QTableView;
    list_->setObjectName("regionTable");
    list_->setAccessibleName(tr("Regions"));
    list_->setModel(table_);
    list_->setItemDelegate(new RegionDelegate(workspace_, list_));
    list_->setSelectionBehavior(QAbstractItemView::SelectRows);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    list_->setShowGrid(false);
    list_->setAlternatingRowColors(true);
    list_->setTabKeyNavigation(false);
    list_->setFrameShape(QFrame::NoFrame);
    list_->verticalHeader()->setDefaultSectionSize(7 * spaceUnit);
    list_->verticalHeader()->hide();
    list_->horizontalHeader()->setStretchLastSection(true);
    list_->horizontalHeader()->setDefaultSectionSize(24 * spaceUnit);
    list_->horizontalHeader()->setHighlightSections(false);
    list_->installEventFilter(this);
    connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid())
            overlay_->select(table_->region(now.row()));
    });
    return list_;
}

void SoundEditor::applyTools()
{
    overlay_->setDrawsFrequencies(frequencies_->isChecked());
    overlay_->setSnapping({.edges = snapEdges_->isChecked(), .zeroCrossings = snapCrossings_->isChecked(), .grid = snapGrid_->isChecked()});
    Settings& settings = workspace_.settings();
    settings.setValue("label/frequencies", frequencies_->isChecked());
    settings.setValue("label/snapEdges", snapEdges_->isChecked());
    settings.setValue("label/snapCrossings", snapCrossings_->isChecked());
    settings.setValue("label/snapGrid", snapGrid_->isChecked());
}

void SoundEditor::focusSound() { waveform_->setFocus(); }

/// A region that is chosen is heard again and again, until none is.
void SoundEditor::hearSelection()
{
    Transport& transport = workspace_.transport();
    const Region* region = overlay_->selectedRegion();
    if (!region) {
        transport.setLoop(std::nullopt);
        return;
    }
    transport.setLoop(std::pair(region->start, region->end));
    transport.seek(region->start);
    if (playsSelection_)
        transport.play();
}

void SoundEditor::showSelection()
{
    const int row = overlay_->selected() ? table_->rowOf(*overlay_->selected()) : -1;
    if (row >= 0)
        list_->setCurrentIndex(table_->index(row, std::max(0, list_->currentIndex().column())));
    else
        list_->setCurrentIndex({});
    remove_->setEnabled(overlay_->selected() && workspace_.project().isWritable());
    showRegions();
}

void SoundEditor::showRegions()
{
    if (const Region* region = overlay_->selectedRegion(); region && workspace_.transport().loop()) // it may have been moved
        if (const std::pair range(region->start, region->end); workspace_.transport().loop() != range)
            workspace_.transport().setLoop(range);
    const int rows = table_->rowCount();
    list_->setVisible(rows > 0);
    list_->setFixedHeight(list_->horizontalHeader()->sizeHint().height() + std::min(rows, 4) * 7 * spaceUnit + 2);
    if (overlay_->selected())
        hint_->setText(tr("A label key names this region. ← → move it, with Shift its end, with Ctrl its start."));
    else if (rows > 0)
        hint_->setText(tr("%Ln region(s). Drag over the sound to draw another one.", nullptr, rows));
    else
        hint_->setText(tr("Drag over the sound to mark a region of it."));
    hint_->setToolTip(hint_->text());
    remove_->setEnabled(overlay_->selected() && workspace_.project().isWritable());
}

// ---- keys ----

bool SoundEditor::takeKey(QKeyEvent& event)
{
    if (!overlay_->selected() || event.modifiers() & Qt::AltModifier)
        return false;
    RegionGrip grip{.body = true};
    if (event.modifiers() & Qt::ShiftModifier)
        grip = {.end = true, .high = true};
    else if (event.modifiers() & Qt::ControlModifier)
        grip = {.start = true, .low = true};
    switch (event.key()) {
    case Qt::Key_Left: overlay_->nudge(grip, -nudgeSeconds, 0); return true;
    case Qt::Key_Right: overlay_->nudge(grip, nudgeSeconds, 0); return true;
    case Qt::Key_Up: overlay_->nudge(grip, 0, nudgeHertz); return true;
    case Qt::Key_Down: overlay_->nudge(grip, 0, -nudgeHertz); return true;
    case Qt::Key_Delete: overlay_->removeSelected(); return true;
    case Qt::Key_Escape: overlay_->select(std::nullopt); return true;
    default: return false;
    }
}

void SoundEditor::keyPressEvent(QKeyEvent* event)
{
    if (!takeKey(*event))
        QWidget::keyPressEvent(event);
}

bool SoundEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto& key = *static_cast<QKeyEvent*>(event);
    const bool inTable = watched == list_; // there the arrows go through the rows
    const bool isArrow = key.key() >= Qt::Key_Left && key.key() <= Qt::Key_Down;
    return !(inTable && isArrow) && takeKey(key);
}

} // namespace earmark
