#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QStyle>
#include <QSvgRenderer>

/// Resources within a static library are linked only where somebody asks for them; the macro wants the global namespace.
static void initialiseResources() { Q_INIT_RESOURCE(resources); }

namespace earmark
{

namespace
{

QPalette lightPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Window, 0xf5f6f8);
    palette.setColor(QPalette::WindowText, 0x1d2129);
    palette.setColor(QPalette::Base, 0xffffff);
    palette.setColor(QPalette::AlternateBase, 0xf0f2f5);
    palette.setColor(QPalette::Text, 0x1d2129);
    palette.setColor(QPalette::Button, 0xffffff);
    palette.setColor(QPalette::ButtonText, 0x1d2129);
    palette.setColor(QPalette::BrightText, 0xffffff);
    palette.setColor(QPalette::Highlight, 0x2563c9);
    palette.setColor(QPalette::HighlightedText, 0xffffff);
    palette.setColor(QPalette::Link, 0x2563c9);
    palette.setColor(QPalette::ToolTipBase, 0x1d2129);
    palette.setColor(QPalette::ToolTipText, 0xf5f6f8);
    palette.setColor(QPalette::PlaceholderText, 0x707887);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, 0x9aa2b0);
    return palette;
}

QPalette darkPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Window, 0x1b1e24);
    palette.setColor(QPalette::WindowText, 0xe6e9ef);
    palette.setColor(QPalette::Base, 0x14161b);
    palette.setColor(QPalette::AlternateBase, 0x1f232a);
    palette.setColor(QPalette::Text, 0xe6e9ef);
    palette.setColor(QPalette::Button, 0x272b33);
    palette.setColor(QPalette::ButtonText, 0xe6e9ef);
    palette.setColor(QPalette::BrightText, 0xffffff);
    palette.setColor(QPalette::Highlight, 0x3d7be0);
    palette.setColor(QPalette::HighlightedText, 0xffffff);
    palette.setColor(QPalette::Link, 0x7cabf5);
    palette.setColor(QPalette::ToolTipBase, 0x30353f);
    palette.setColor(QPalette::ToolTipText, 0xe6e9ef);
    palette.setColor(QPalette::PlaceholderText, 0x8a92a1);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, 0x636b7a);
    return palette;
}

/// Without a desktop that says so, the palette that the platform came with tells.
bool desktopIsDark()
{
    static const bool dark = QApplication::style()->standardPalette().color(QPalette::Window).lightness() < 128 ||
                             QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

QPixmap tinted(const QByteArray& svg, const QColor& colour, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    return pixmap;
}

} // namespace

Theme& Theme::instance()
{
    static Theme theme;
    static const bool once = (initialiseResources(), true);
    Q_UNUSED(once);
    return theme;
}

void Theme::apply(Choice choice)
{
    const bool desktop = desktopIsDark();
    dark_ = choice == Choice::dark || (choice == Choice::system && desktop);
    QApplication::setStyle("Fusion");
    QApplication::setPalette(dark_ ? darkPalette() : lightPalette());
    QFile sheet(":/styles/earmark.qss");
    if (sheet.open(QIODevice::ReadOnly)) {
        QString text = QString::fromUtf8(sheet.readAll());
        for (const auto& [name, colour] : {std::pair("@accent", accent()), std::pair("@faint", faint()), std::pair("@muted", muted()),
                                           std::pair("@card", card()), std::pair("@bad", bad()), std::pair("@good", good())})
            text.replace(name, colour.name());
        qApp->setStyleSheet(text);
    }
    Q_EMIT changed();
}

QColor Theme::accent() const { return dark_ ? QColor(0x5b97f2) : QColor(0x2563c9); }
QColor Theme::good() const { return dark_ ? QColor(0x4fbf8b) : QColor(0x15804f); }
QColor Theme::warning() const { return dark_ ? QColor(0xe0ad4a) : QColor(0x9a6700); }
QColor Theme::bad() const { return dark_ ? QColor(0xf0776c) : QColor(0xc0392b); }
QColor Theme::faint() const { return dark_ ? QColor(0x333944) : QColor(0xd9dde4); }
QColor Theme::muted() const { return dark_ ? QColor(0x9aa3b2) : QColor(0x5d6675); }
QColor Theme::card() const { return dark_ ? QColor(0x22262e) : QColor(0xffffff); }

QIcon Theme::icon(const QString& name) const
{
    QFile file(":/icons/" + name + ".svg");
    QIcon icon;
    if (!file.open(QIODevice::ReadOnly))
        return icon;
    const QByteArray svg = file.readAll();
    const QPalette palette = QGuiApplication::palette();
    for (const int size : {16, 20, 24, 32, 48, 64}) {
        icon.addPixmap(tinted(svg, palette.color(QPalette::ButtonText), size), QIcon::Normal);
        icon.addPixmap(tinted(svg, palette.color(QPalette::Disabled, QPalette::ButtonText), size), QIcon::Disabled);
    }
    return icon;
}

} // namespace earmark
