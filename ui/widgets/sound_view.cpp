#include "ui/widgets/sound_view.h"

#include <QApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "ui/widgets/theme.h"

namespace earmark
{

SoundView::SoundView(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent)
    : QWidget(parent), picture_(picture), viewport_(viewport), transport_(transport), playhead_(transport.position())
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&viewport_, &TimeViewport::changed, this, &SoundView::invalidate);
    connect(&viewport_, &TimeViewport::selectionChanged, this, qOverload<>(&QWidget::update));
    connect(&picture_, &SoundPicture::clipChanged, this, &SoundView::invalidate);
    connect(&picture_, &SoundPicture::factsChanged, this, &SoundView::invalidate);
    connect(&transport_, &Transport::positionChanged, this, &SoundView::movePlayhead);
    connect(&Theme::instance(), &Theme::changed, this, &SoundView::invalidate);
}

SoundView::~SoundView() = default;

void SoundView::followClip(TimeViewport& viewport, SoundPicture& picture)
{
    viewport.reset(picture.duration());
    connect(&picture, &SoundPicture::clipChanged, &viewport, [&viewport, &picture] { viewport.reset(picture.duration()); });
    connect(&picture, &SoundPicture::factsChanged, &viewport, [&viewport, &picture] { viewport.setDuration(picture.duration()); });
}

void SoundView::followPlayhead(TimeViewport& viewport, Transport& transport)
{
    connect(&transport, &Transport::positionChanged, &viewport, [&viewport, &transport, before = transport.position()](double now) mutable {
        const auto shown = [&](double seconds) { return seconds >= viewport.start() && seconds < viewport.end(); };
        if (transport.isPlaying() && shown(before) && !shown(now))
            viewport.reveal(now);
        before = now;
    });
}

double SoundView::xOf(double seconds) const
{
    return viewport_.length() > 0 ? (seconds - viewport_.start()) / viewport_.length() * width() : 0;
}

double SoundView::secondsAt(double x) const { return viewport_.start() + x / std::max(width(), 1) * viewport_.length(); }

std::optional<double> SoundView::yOf(double) const { return std::nullopt; }
std::optional<double> SoundView::hertzAt(double) const { return std::nullopt; }

void SoundView::addOverlay(SoundOverlay* overlay)
{
    overlays_.push_back(overlay);
    update();
}

void SoundView::removeOverlay(SoundOverlay* overlay)
{
    std::erase(overlays_, overlay);
    if (holder_ == overlay)
        holder_ = nullptr;
    update();
}

// ---- painting ----

void SoundView::invalidate()
{
    stale_ = true;
    update();
}

void SoundView::refreshContent()
{
    const QSize size = (QSizeF(this->size()) * devicePixelRatioF()).toSize();
    if (!stale_ && content_.size() == size)
        return;
    stale_ = false;
    if (content_.size() != size)
        content_ = QImage(size, QImage::Format_RGB32);
    content_.setDevicePixelRatio(devicePixelRatioF());
    if (!content_.isNull())
        renderContent(content_);
}

QImage SoundView::grabContent()
{
    refreshContent();
    return content_;
}

void SoundView::paintEvent(QPaintEvent* event)
{
    refreshContent();
    QPainter painter(this);
    const qreal ratio = devicePixelRatioF();
    const QRect exposed = event->rect();
    painter.drawImage(exposed, content_, QRectF(exposed.x() * ratio, exposed.y() * ratio, exposed.width() * ratio, exposed.height() * ratio));
    paintSelection(painter);
    for (SoundOverlay* overlay : overlays_)
        overlay->paint(painter, *this, exposed);
    paintPlayhead(painter);
    if (hasFocus()) {
        painter.setPen(QPen(Theme::instance().accent(), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void SoundView::paintSelection(QPainter& painter) const
{
    if (!viewport_.selection())
        return;
    const double from = xOf(viewport_.selection()->first);
    const double to = xOf(viewport_.selection()->second);
    QColor colour = Theme::instance().accent();
    painter.fillRect(QRectF(from, 0, 1, height()), colour);
    painter.fillRect(QRectF(to - 1, 0, 1, height()), colour);
    colour.setAlpha(56);
    painter.fillRect(QRectF(from, 0, to - from, height()), colour);
}

bool SoundView::isDark() const { return Theme::instance().isDark(); }

/// A line with an edge: seen wherever it stands.
void SoundView::paintPlayhead(QPainter& painter) const
{
    if (!transport_.clip())
        return;
    const double x = std::floor(xOf(playhead_));
    const int line = isDark() ? 0xff : 0, edge = 0xff - line;
    painter.fillRect(QRectF(x - 1, 0, 3, height()), QColor(edge, edge, edge, 110));
    painter.fillRect(QRectF(x, 0, 1, height()), QColor(line, line, line));
}

QRect SoundView::playheadStrip(double seconds) const { return {static_cast<int>(std::floor(std::clamp(xOf(seconds), -9.0, width() + 9.0))) - 2, 0, 6, height()}; }

void SoundView::movePlayhead(double seconds)
{
    update(playheadStrip(playhead_));
    playhead_ = seconds;
    update(playheadStrip(playhead_));
}

void SoundView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    invalidate();
}

void SoundView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::EnabledChange)
        invalidate();
}

// ---- mouse and keys ----

bool SoundView::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            viewport_.zoom(1 + gesture->value(), secondsAt(gesture->position().x()));
            return true;
        }
    }
    return QWidget::event(event);
}

void SoundView::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    const bool sideways = std::abs(turned.x()) > std::abs(turned.y()) || event->modifiers().testFlag(Qt::ShiftModifier);
    const int amount = std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y();
    if (sideways)
        viewport_.pan(-amount / 120.0 * 0.1 * viewport_.length());
    else
        viewport_.zoom(std::pow(1.25, amount / 120.0), secondsAt(event->position().x()));
    event->accept();
}

void SoundView::keyPressEvent(QKeyEvent* event)
{
    for (auto overlay = overlays_.rbegin(); overlay != overlays_.rend(); ++overlay)
        if ((*overlay)->keyPress(*event, *this))
            return;
    const double place = transport_.position();
    const bool shown = place >= viewport_.start() && place <= viewport_.end();
    const double around = shown ? place : (viewport_.start() + viewport_.end()) / 2;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: viewport_.zoom(1.5, around); break;
    case Qt::Key_Minus: viewport_.zoom(1 / 1.5, around); break;
    case Qt::Key_Left: transport_.seek(place - 1); break;
    case Qt::Key_Right: transport_.seek(place + 1); break;
    case Qt::Key_PageUp: viewport_.pan(-0.9 * viewport_.length()); break;
    case Qt::Key_PageDown: viewport_.pan(0.9 * viewport_.length()); break;
    case Qt::Key_Home: transport_.seek(0); break;
    case Qt::Key_Escape:
        if (!viewport_.selection()) {
            QWidget::keyPressEvent(event);
            return;
        }
        viewport_.select(std::nullopt);
        break;
    default: QWidget::keyPressEvent(event);
    }
}

void SoundView::mousePressEvent(QMouseEvent* event)
{
    pressed_ = event->position();
    pressedAt_ = secondsAt(pressed_.x());
    for (auto overlay = overlays_.rbegin(); overlay != overlays_.rend(); ++overlay)
        if ((*overlay)->mousePress(*event, *this)) {
            holder_ = *overlay;
            return;
        }
    if (event->button() == Qt::MiddleButton)
        drag_ = Drag::pan;
    else if (event->button() == Qt::LeftButton)
        drag_ = Drag::press;
    else
        QWidget::mousePressEvent(event);
}

void SoundView::mouseMoveEvent(QMouseEvent* event)
{
    if (holder_) {
        holder_->mouseMove(*event, *this);
        return;
    }
    const double x = event->position().x();
    if (drag_ == Drag::press && selectable_ && std::abs(x - pressed_.x()) >= QApplication::startDragDistance() / 2)
        drag_ = Drag::select;
    if (drag_ == Drag::select)
        viewport_.select(TimeViewport::Range{pressedAt_, secondsAt(x)});
    else if (drag_ == Drag::pan)
        viewport_.pan(pressedAt_ - secondsAt(x));
    if (drag_ != Drag::none)
        return;
    Qt::CursorShape shape = Qt::ArrowCursor;
    for (auto overlay = overlays_.rbegin(); overlay != overlays_.rend(); ++overlay)
        if (const auto wanted = (*overlay)->hover(event->position(), *this)) {
            shape = *wanted;
            break;
        }
    if (cursor().shape() != shape)
        setCursor(shape);
}

void SoundView::mouseReleaseEvent(QMouseEvent* event)
{
    if (holder_) {
        std::exchange(holder_, nullptr)->mouseRelease(*event, *this);
        return;
    }
    if (std::exchange(drag_, Drag::none) != Drag::press)
        return;
    const auto selection = viewport_.selection();
    if (event->modifiers().testFlag(Qt::ShiftModifier) && selectable_) {
        const double anchor = !selection ? transport_.position() : pressedAt_ < (selection->first + selection->second) / 2 ? selection->second : selection->first;
        viewport_.select(TimeViewport::Range{anchor, pressedAt_});
        return;
    }
    if (selection && (pressedAt_ < selection->first || pressedAt_ > selection->second))
        viewport_.select(std::nullopt);
    transport_.seek(pressedAt_);
}

void SoundView::mouseDoubleClickEvent(QMouseEvent* event)
{
    for (auto overlay = overlays_.rbegin(); overlay != overlays_.rend(); ++overlay)
        if ((*overlay)->mouseDoubleClick(*event, *this))
            return;
    if (event->button() == Qt::LeftButton)
        viewport_.showAll();
}

} // namespace earmark
