#include "ui/widgets/tinted_icon.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "ui/widgets/theme.h"

namespace earmark
{

QColor TintedIcon::tint(QIcon::Mode mode, QIcon::State state) const
{
    const Theme& theme = Theme::instance();
    if (mode == QIcon::Disabled)
        return theme.colour("disabled");
    if (colour_)
        return theme.colour(colour_);
    return state == QIcon::On ? theme.accent() : theme.colour("text");
}

QPixmap TintedIcon::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    if (size.isEmpty())
        return {};
    const QColor colour = tint(mode, state);
    const QString key = QString("earmark-%1-%2-%3x%4").arg(qHash(svg_)).arg(colour.name()).arg(size.width()).arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = std::min(size.width(), size.height());
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg_).render(&painter, QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QPixmap TintedIcon::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale)
{
    QPixmap result = pixmap(size, mode, state); // `size` is in the device's pixels
    result.setDevicePixelRatio(scale);
    return result;
}

void TintedIcon::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal scale = painter->device() ? painter->device()->devicePixelRatioF() : 1;
    painter->drawPixmap(rect, scaledPixmap((QSizeF(rect.size()) * scale).toSize(), mode, state, scale));
}

QList<QSize> TintedIcon::availableSizes(QIcon::Mode, QIcon::State) { return {{16, 16}, {20, 20}, {24, 24}, {32, 32}, {48, 48}}; }

} // namespace earmark
