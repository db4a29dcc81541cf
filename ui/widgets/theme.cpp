#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

#include "ui/widgets/desktop_scheme.h"
#include "ui/widgets/tinted_icon.h"

/// Resources within a static library are linked only where somebody asks for them; the macro wants the global namespace.
static void initialiseResources() { Q_INIT_RESOURCE(resources); }

namespace earmark
{

namespace
{

struct Colour {
    const char* name;
    QRgb light;
    QRgb dark;
};

constexpr Colour colours[] = {
    {"window", 0xf5f6f8, 0x1b1e24},
    {"card", 0xffffff, 0x22262e},
    {"base", 0xffffff, 0x16181d},
    {"alternate", 0xf7f8fa, 0x1a1d22},
    {"button", 0xffffff, 0x2a2e37},
    {"text", 0x1d2129, 0xe6e9ef},
    {"muted", 0x5a6372, 0xa0a8b6},
    {"disabled", 0x9aa2b0, 0x666e7c},
    {"placeholder", 0x6b7382, 0x8a92a1},
    {"faint", 0xdfe3e9, 0x333944},
    {"line", 0xc9cfd8, 0x424956},
    {"outline", 0x7f8897, 0x727b8a},
    {"scroll", 0xc3c9d3, 0x4a5160},
    {"hover", 0xeceff4, 0x30353f},
    {"pressed", 0xdfe4ec, 0x3a404c},
    {"tint", 0xdfe9fb, 0x283a58},
    {"chunk", 0xb5cff8, 0x2f4f86},
    {"accent", 0x2160c4, 0x6ea4f7},
    {"fill", 0x2160c4, 0x2f6cd0},
    {"fillHover", 0x1a51a9, 0x2962be},
    {"onFill", 0xffffff, 0xffffff},
    {"good", 0x137549, 0x4fbf8b},
    {"warning", 0x8a5a00, 0xe0ad4a},
    {"bad", 0xb83227, 0xf58a80},
    {"badTint", 0xfcecea, 0x3a2527},
    {"warningTint", 0xfdf3dd, 0x352d1c},
    {"tip", 0x262b34, 0x3a404c},
    {"onTip", 0xf5f6f8, 0xf0f2f6},
};

/// The style sheet with this theme's colours in the places of their names.
QString sheetOf(const Theme& theme)
{
    QFile file(":/styles/earmark.qss");
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression name("@(\\w+)");
    QString sheet;
    qsizetype from = 0;
    for (auto match = name.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        const QColor colour = theme.colour(found.captured(1).toLatin1().constData());
        sheet += QStringView(text).mid(from, found.capturedStart() - from);
        sheet += colour.isValid() ? colour.name() : found.captured(0);
        from = found.capturedEnd();
    }
    sheet += QStringView(text).mid(from);
    return sheet;
}

} // namespace

Theme& Theme::instance()
{
    static const bool once = (initialiseResources(), true);
    Q_UNUSED(once);
    static Theme theme;
    return theme;
}

Theme::Theme() : platformIsDark_(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {}
Theme::~Theme() = default;

void Theme::apply(Choice choice)
{
    choice_ = choice;
    if (choice == Choice::system && !desktop_) {
        desktop_ = std::make_unique<DesktopScheme>(platformIsDark_);
        connect(desktop_.get(), &DesktopScheme::changed, this, &Theme::desktopChanged);
    }
    dark_ = choice == Choice::dark || (choice == Choice::system && desktop_->isDark());
    QApplication::setStyle("Fusion");
    QApplication::setPalette(palette());
    qApp->setStyleSheet(sheetOf(*this));
    Q_EMIT changed();
}

QPalette Theme::palette() const
{
    constexpr std::pair<QPalette::ColorRole, const char*> roles[] = {
        {QPalette::Window, "window"},          {QPalette::WindowText, "text"},       {QPalette::Base, "base"},
        {QPalette::AlternateBase, "alternate"}, {QPalette::Text, "text"},            {QPalette::Button, "button"},
        {QPalette::ButtonText, "text"},        {QPalette::BrightText, "onFill"},     {QPalette::Highlight, "fill"},
        {QPalette::HighlightedText, "onFill"}, {QPalette::Link, "accent"},           {QPalette::LinkVisited, "accent"},
        {QPalette::ToolTipBase, "tip"},        {QPalette::ToolTipText, "onTip"},     {QPalette::PlaceholderText, "placeholder"},
    };
    QPalette palette;
    for (const auto& [role, name] : roles)
        palette.setColor(role, colour(name));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, colour("disabled"));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colour("line"));
    return palette;
}

void Theme::desktopChanged()
{
    if (choice_ == Choice::system && dark_ != desktop_->isDark())
        apply(choice_);
}

QColor Theme::colour(const char* name) const
{
    const auto found = std::ranges::find(colours, std::string_view(name), [](const Colour& colour) { return std::string_view(colour.name); });
    return found == std::end(colours) ? QColor() : QColor(dark_ ? found->dark : found->light);
}

std::vector<std::pair<const char*, const char*>> Theme::textPairs()
{
    std::vector<std::pair<const char*, const char*>> pairs = {{"onFill", "fill"}, {"onFill", "fillHover"}, {"onTip", "tip"}, {"text", "badTint"},
                                                              {"bad", "badTint"}, {"text", "warningTint"}, {"warning", "warningTint"}, {"text", "chunk"},       {"text", "faint"}, {"placeholder", "base"}};
    for (const char* ground : {"window", "card", "base", "alternate"})
        for (const char* text : {"text", "muted", "accent", "good", "warning", "bad"})
            pairs.emplace_back(text, ground);
    for (const char* ground : {"button", "hover", "pressed", "tint"})
        pairs.emplace_back("text", ground);
    for (const char* text : {"accent", "muted"})
        pairs.emplace_back(text, "tint");
    return pairs;
}

QIcon Theme::icon(const QString& name, const char* colour) const
{
    QFile file(":/icons/" + name + ".svg");
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new TintedIcon(file.readAll(), colour));
}

} // namespace earmark
