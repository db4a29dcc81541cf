// The regions of the clip at hand, drawn over its sound and taken hold of with the mouse: a drag over free ground draws one, the strip with its labels and
// the inside of the chosen one move it, edges and corners change it. Every change is an edit of the project; until it comes back, what the hand did
// is shown. Serves all views of a page. Thread: the window's.
#pragma once

#include <QObject>
#include <QTimer>

#include "ui/models/clip_details.h"
#include "ui/models/region_edit.h"
#include "ui/widgets/sound_view.h"

namespace earmark
{

class RegionOverlay : public QObject, public SoundOverlay
{
    Q_OBJECT

public:
    RegionOverlay(Workspace& workspace, ClipDetails& details, QObject* parent);
    ~RegionOverlay() override;

    struct Snapping {
        bool edges = true; ///< of regions, and the playhead
        bool zeroCrossings = false;
        bool grid = false; ///< of the time axis
    };
    void setSnapping(const Snapping& snapping) { snapping_ = snapping; }
    /// Regions drawn on the spectrogram have frequency bounds; holding Ctrl while drawing does the other.
    void setDrawsFrequencies(bool draws) { drawsFrequencies_ = draws; }

    const std::vector<Region>& regions() const { return shown_; }
    std::optional<std::int64_t> selected() const { return selected_; }
    const Region* selectedRegion() const;
    void select(std::optional<std::int64_t> region);

    void setLabels(std::vector<std::string> labels); ///< of the selected region
    void removeSelected();
    void nudge(const RegionGrip& grip, double seconds, double hertz); ///< the selected region; one edit for as long as the key is held
    void commit();                                                    ///< what was nudged, now

    void paint(QPainter& painter, const SoundView& view, const QRect& exposed) override;
    bool mousePress(QMouseEvent& event, SoundView& view) override;
    void mouseMove(QMouseEvent& event, SoundView& view) override;
    void mouseRelease(QMouseEvent& event, SoundView& view) override;
    std::optional<Qt::CursorShape> hover(const QPointF& position, SoundView& view) override;

Q_SIGNALS:
    void selectionChanged();
    void changed(); ///< views are to be drawn anew

private:
    struct Hit {
        std::size_t place = 0; ///< in shown_
        RegionGrip grip;       ///< nothing where it was hit inside, at nothing that can be pulled
    };
    struct Drag {
        std::optional<std::int64_t> region; ///< nothing while a new one is drawn
        std::optional<std::int64_t> under;  ///< region that a click would choose
        RegionGrip grip;
        NewRegion before;
        QPointF pressed;
        double seconds = 0;
        std::optional<double> hertz;
        bool begun = false; ///< moved far enough to be no click
        std::optional<NewRegion> now;
    };

    void refresh();
    QRectF areaOf(const SoundView& view, const Region& region) const;
    QRectF stripOf(const SoundView& view, std::size_t place) const;
    std::optional<Hit> hitAt(const SoundView& view, const QPointF& position) const;
    RegionGrip gripAt(const SoundView& view, std::size_t place, const QPointF& position) const;
    void paintRegion(QPainter& painter, const SoundView& view, std::size_t place) const;
    void paintStrip(QPainter& painter, const SoundView& view, std::size_t place) const;
    void paintDrawn(QPainter& painter, const SoundView& view) const;
    QColor colourOf(const Region& region) const;

    bool begins(const QPointF& position) const;
    NewRegion dragged(const QMouseEvent& event, SoundView& view) const;
    std::optional<NewRegion> drawn(const QMouseEvent& event, SoundView& view) const;
    NewRegion snappedTo(NewRegion region, const RegionGrip& grip, SoundView& view) const;
    double snappedTime(double seconds, SoundView& view, std::optional<std::int64_t> but) const;
    SnapTargets targets(SoundView& view, std::optional<std::int64_t> but) const;
    SnapTargets crossingsNear(double seconds, SoundView& view) const;
    RegionLimits limits() const;

    void show(std::int64_t region, const NewRegion& to);
    void change(std::int64_t region, NewRegion to);
    void add(NewRegion region);

    Workspace& workspace_;
    ClipDetails& details_;
    Snapping snapping_;
    bool drawsFrequencies_ = false;
    std::vector<Region> shown_;
    RegionLanes lanes_;
    std::optional<ClipId> clip_;
    std::optional<std::int64_t> selected_;
    std::optional<std::vector<std::int64_t>> before_; ///< while a new one is on its way to the project: those that were there
    std::optional<Drag> drag_;
    std::optional<NewRegion> nudged_; ///< the selected one, not yet in the project
    QTimer nudgeTimer_;
};

} // namespace earmark
