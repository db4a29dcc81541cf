// Draws a one-colour SVG in the colour that fits where and when it is painted. Thread: the window's.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QIconEngine>

namespace earmark
{

class TintedIcon : public QIconEngine
{
public:
    /// `colour` is a name that Theme knows, or null for the palette's text colour; it must outlive the icon.
    TintedIcon(QByteArray svg, const char* colour) : svg_(std::move(svg)), colour_(colour) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override;
    bool isNull() override { return svg_.isEmpty(); }
    QIconEngine* clone() const override { return new TintedIcon(svg_, colour_); }
    QString key() const override { return "TintedIcon"; }

private:
    QColor tint(QIcon::Mode mode, QIcon::State state) const;

    const QByteArray svg_;
    const char* const colour_;
};

} // namespace earmark
