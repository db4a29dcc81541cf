// A view of sound over time: what the waveform, the spectrogram and whatever is drawn over them have in common. It keeps its picture as an image and
// draws the selection, overlays and the playhead over it, so that a moving playhead costs two narrow strips. Thread: the window's.
//
// The same views serve the player's foot and a whole page. To draw and edit something on them (regions, say), derive from SoundOverlay and add it:
//
//     auto* wave = new WaveformView(workspace.picture(), viewport, workspace.transport());   // viewport: one TimeViewport for all views of a page
//     auto* spectrogram = new SpectrogramView(workspace.picture(), viewport, workspace.transport());
//     for (SoundView* view : {wave, spectrogram})
//         view->addOverlay(&regions);               // not owned; it may serve several views, and must outlive them or be removed
//     …
//     void Regions::paint(QPainter& painter, const SoundView& view, const QRect&)
//     {
//         for (const Region& region : regions_)
//             painter.fillRect(QRectF(QPointF(view.xOf(region.start), 0), QPointF(view.xOf(region.end), view.height())), …);
//     }
//
// Mouse: overlays are asked first, the one added last before the others; what none of them takes seeks (click), selects (drag), pans (middle button,
// wheel sideways) and zooms (wheel, pinch). The frequency of a place is known where the view has such an axis: hertzAt(), yOf().
// The viewport must be kept in step with the clip by whoever owns it: see followClip() and followPlayhead().
#pragma once

#include <QImage>
#include <QPoint>
#include <QWidget>

#include <optional>
#include <vector>

#include "engine/bridge/sound_picture.h"
#include "ui/models/transport.h"
#include "ui/widgets/time_viewport.h"

namespace earmark
{

class SoundView;

/// Something that is drawn over sound, and perhaps taken hold of with the mouse. The mouse functions return true where the overlay took the event; it then
/// gets the moves and the release as well. Positions are those of QMouseEvent::position().
class SoundOverlay
{
public:
    virtual ~SoundOverlay() = default;
    /// Over the picture, below the playhead. `exposed` is the part that is being drawn; drawing beyond it does no harm.
    virtual void paint(QPainter& painter, const SoundView& view, const QRect& exposed) = 0;
    virtual bool mousePress(QMouseEvent&, SoundView&) { return false; }
    virtual void mouseMove(QMouseEvent&, SoundView&) {}
    virtual void mouseRelease(QMouseEvent&, SoundView&) {}
    virtual bool mouseDoubleClick(QMouseEvent&, SoundView&) { return false; }
    virtual bool keyPress(QKeyEvent&, SoundView&) { return false; }
    /// The pointer moves without a button: what it would take hold of there; nothing where nothing is.
    virtual std::optional<Qt::CursorShape> hover(const QPointF&, SoundView&) { return std::nullopt; }
};

class SoundView : public QWidget
{
    Q_OBJECT

public:
    SoundView(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent = nullptr);
    ~SoundView() override;

    SoundPicture& picture() const { return picture_; }
    TimeViewport& viewport() const { return viewport_; }
    Transport& transport() const { return transport_; }

    double xOf(double seconds) const;
    double secondsAt(double x) const; ///< not limited to the clip
    /// The vertical place of a frequency; nothing where the view has no such axis.
    virtual std::optional<double> yOf(double hertz) const;
    virtual std::optional<double> hertzAt(double y) const;

    void addOverlay(SoundOverlay* overlay);
    void removeOverlay(SoundOverlay* overlay);

    /// Dragging selects a stretch (the default); a page that draws with the mouse turns it off while it does.
    void setSelectable(bool selectable) { selectable_ = selectable; }

    QImage grabContent(); ///< the picture without playhead and selection: for benches and tests

    /// Keeps `viewport` on what `picture` shows: all of a new clip, its length once it is known.
    static void followClip(TimeViewport& viewport, SoundPicture& picture);
    /// Turns the page when what plays runs out of what `viewport` shows; whoever looks elsewhere is left alone.
    static void followPlayhead(TimeViewport& viewport, Transport& transport);

protected:
    /// The picture of the visible stretch, in device pixels, drawn anew when it or the view has changed.
    virtual void renderContent(QImage& image) = 0;
    void invalidate(); ///< the picture is not what it should be any more
    virtual bool isDark() const; ///< of the picture: the playhead stands out from it

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    void movePlayhead(double seconds);
    QRect playheadStrip(double seconds) const;
    void paintSelection(QPainter& painter) const;
    void paintPlayhead(QPainter& painter) const;
    void refreshContent();

    SoundPicture& picture_;
    TimeViewport& viewport_;
    Transport& transport_;
    std::vector<SoundOverlay*> overlays_;
    SoundOverlay* holder_ = nullptr; ///< which took the mouse
    QImage content_;
    bool stale_ = true;
    double playhead_ = 0; ///< seconds, as drawn
    bool selectable_ = true;
    enum class Drag { none, press, select, pan } drag_ = Drag::none;
    QPointF pressed_;
    double pressedAt_ = 0; ///< seconds
};

} // namespace earmark
