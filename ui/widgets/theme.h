// The look: spacing, colours beyond the palette, icons tinted by it. Light and dark are palettes of our own on the Fusion style; the choice follows
// the desktop unless the user made one. Thread: the window's.
#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace earmark
{

class DesktopScheme;

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
    Choice choice() const { return choice_; }
    bool isDark() const { return dark_; }

    QColor accent() const { return colour("accent"); }   ///< what is chosen, what is now: lines and text
    QColor good() const { return colour("good"); }       ///< right, finished
    QColor warning() const { return colour("warning"); } ///< wants attention
    QColor bad() const { return colour("bad"); }         ///< wrong, failed
    QColor faint() const { return colour("faint"); }     ///< lines between things
    QColor muted() const { return colour("muted"); }     ///< text that is not the point
    QColor card() const { return colour("card"); }       ///< a surface that lies on the window
    QColor tint() const { return colour("tint"); }       ///< the ground of what is selected

    /// A colour by the name that the style sheet calls it by.
    QColor colour(const char* name) const;
    /// Of the whole application, in these colours.
    QPalette palette() const;
    /// Pairs of text and ground that meet somewhere in the window; each must be readable.
    static std::vector<std::pair<const char*, const char*>> textPairs();

    /// resources/icons/NAME.svg in the palette's text colour, drawn at the size and at the moment it is needed: it follows the theme by itself.
    /// In the accent where checked, in `colour` (a name as above) where one is given.
    QIcon icon(const QString& name, const char* colour = nullptr) const;

    /// While one lives, the colours are those of the light theme, for a picture that goes on paper. Nobody is told.
    class OnPaper
    {
    public:
        OnPaper() : was_(std::exchange(instance().dark_, false)) {}
        ~OnPaper() { instance().dark_ = was_; }
        Q_DISABLE_COPY_MOVE(OnPaper)

    private:
        const bool was_;
    };

Q_SIGNALS:
    void changed();

private:
    Theme();
    ~Theme() override;
    void desktopChanged();

    Choice choice_ = Choice::system;
    const bool platformIsDark_; ///< of the palette that was there before ours
    bool dark_ = false;
    std::unique_ptr<DesktopScheme> desktop_;
};

} // namespace earmark
