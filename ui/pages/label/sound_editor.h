// The clip at hand, large: waveform over spectrogram on one time axis with its regions on both, and the table of regions below.
// Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/region_table.h"
#include "ui/pages/label/region_overlay.h"
#include "ui/widgets/time_viewport.h"

class QLabel;
class QTableView;
class QToolButton;

namespace earmark
{

class SoundEditor : public QWidget
{
    Q_OBJECT

public:
    SoundEditor(Workspace& workspace, ClipDetails& details, QWidget* parent = nullptr);

    RegionOverlay& regions() { return *overlay_; }
    TimeViewport& viewport() { return viewport_; }
    void focusSound(); ///< the keys go to the sound, not to what was clicked last
    void setPlaysSelection(bool plays) { playsSelection_ = plays; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeTools();
    QWidget* makeSound();
    QTableView* makeTable();
    QToolButton* makeTool(const QString& name, const QString& icon, const QString& text, const QString& tip);
    void applyTools();
    void hearSelection();
    void showSelection();
    void showRegions();
    bool takeKey(QKeyEvent& event);

    Workspace& workspace_;
    ClipDetails& details_;
    TimeViewport viewport_;
    RegionOverlay* overlay_;
    RegionTable* table_;
    QTableView* list_ = nullptr;
    SoundView* waveform_ = nullptr;
    QLabel* hint_ = nullptr;
    QToolButton* frequencies_ = nullptr;
    QToolButton* remove_ = nullptr;
    QAction* snapEdges_ = nullptr;
    QAction* snapCrossings_ = nullptr;
    QAction* snapGrid_ = nullptr;
    bool playsSelection_ = true;
};

} // namespace earmark
