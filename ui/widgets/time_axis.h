// The ruler over the views: ticks at round seconds. Dragging it pans, a click seeks, the wheel zooms. Thread: the window's.
#pragma once

#include "ui/widgets/sound_view.h"

namespace earmark
{

class TimeAxis : public SoundView
{
    Q_OBJECT

public:
    TimeAxis(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {480, 18}; }
    QSize minimumSizeHint() const override { return {120, 18}; }

protected:
    void renderContent(QImage& image) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    double grabbed_ = 0; ///< seconds under the pointer when it was pressed
    double pressedX_ = 0;
    bool pressed_ = false;
    bool moved_ = false;
};

/// The smallest round step that is at least `seconds`.
double tickStep(double seconds);
/// As a ruler with that step shows a place: "1:05", "0:03.25", "1:02:00".
QString tickText(double seconds, double step);

} // namespace earmark
