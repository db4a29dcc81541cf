// The look: spacing, colours beyond the palette, icons tinted by it. Light and dark are palettes of our own on the Fusion style; the choice follows
// the desktop unless the user made one. Thread: the window's.
#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

namespace earmark
{

/// All distances are multiples of it.
constexpr int spaceUnit = 4;

class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice { system, light, dark };
    Q_ENUM(Choice)

    static Theme& instance();

    void apply(Choice choice); ///< palette and style sheet of the whole application
    bool isDark() const { return dark_; }

    QColor accent() const;
    QColor good() const;    ///< right, finished
    QColor warning() const; ///< wants attention
    QColor bad() const;     ///< wrong, failed
    QColor faint() const;   ///< lines between things
    QColor muted() const;   ///< text that is not the point
    QColor card() const;    ///< a surface that lies on the window

    /// resources/icons/NAME.svg in the palette's text colour, and in muted where disabled.
    QIcon icon(const QString& name) const;

Q_SIGNALS:
    void changed();

private:
    Theme() = default;
    bool dark_ = false;
};

} // namespace earmark
