#include "ui/widgets/label_keys.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QKeyEvent>

#include <array>
#include <string_view>

namespace earmark
{

namespace
{

constexpr auto commandModifiers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

struct KeyRow {
    quint32 firstScanCode; ///< evdev's number + 8, as X11 and Wayland tell it
    std::string_view keys;
};

/// Where the keys lie on a keyboard whose layout has no Latin letters, or digits with Shift only.
constexpr std::array<KeyRow, 4> keyRows = {{{10, "123456789"}, {24, "qwertyuiop"}, {38, "asdfghjkl"}, {52, "zxcvbnm"}}};

std::string keyAt(quint32 scanCode)
{
    for (const KeyRow& row : keyRows)
        if (scanCode >= row.firstScanCode && scanCode < row.firstScanCode + row.keys.size())
            return std::string(1, row.keys[scanCode - row.firstScanCode]);
    return {};
}

bool isText(const QKeyEvent& event)
{
    if (event.modifiers() & commandModifiers)
        return false;
    switch (event.key()) {
    case Qt::Key_Escape:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return false;
    default:
        return event.key() < Qt::Key_F1 || event.key() > Qt::Key_F35;
    }
}

} // namespace

LabelKeys::LabelKeys(const ProjectSession& project, QWidget* area) : QObject(area), project_(project), area_(area)
{
    qApp->installEventFilter(this);
}

std::string LabelKeys::keyOf(const QKeyEvent& event)
{
    const int key = event.key();
    if (key >= Qt::Key_1 && key <= Qt::Key_9)
        return std::string(1, static_cast<char>('1' + key - Qt::Key_1));
    if (key >= Qt::Key_A && key <= Qt::Key_Z)
        return std::string(1, static_cast<char>('a' + key - Qt::Key_A));
    const std::string place = keyAt(event.nativeScanCode());
    const bool isDigit = !place.empty() && place[0] <= '9';
    const bool isForeignLetter = key > 0x7F && key < Qt::Key_Escape && QChar::isLetter(static_cast<char32_t>(key));
    return isDigit || isForeignLetter ? place : std::string();
}

bool LabelKeys::isTyping(const QWidget* focus)
{
    if (!focus)
        return false;
    if (qobject_cast<const QAbstractItemView*>(focus)) // it takes input methods for the cell that could be edited; while one is, its editor has the focus
        return false;
    return qobject_cast<const QComboBox*>(focus) || focus->testAttribute(Qt::WA_InputMethodEnabled);
}

bool LabelKeys::isTyping() const { return composing_ || isTyping(QApplication::focusWidget()); }

bool LabelKeys::isInArea(const QWidget* widget) const { return widget && area_->isVisible() && widget->window() == area_->window(); }

bool LabelKeys::choose(const QKeyEvent& event)
{
    if (event.modifiers() & commandModifiers || event.isAutoRepeat())
        return false;
    const LabelClass* label = project_.view().labelWithKey(keyOf(event));
    if (!label)
        return false;
    const LabelClass chosenOne = *label; // whoever listens may change the label set
    Q_EMIT chosen(chosenOne, event.modifiers() & Qt::ShiftModifier);
    return true;
}

bool LabelKeys::eventFilter(QObject* watched, QEvent* event)
{
    const auto* widget = watched->isWidgetType() ? static_cast<QWidget*>(watched) : nullptr;
    switch (event->type()) {
    case QEvent::InputMethod:
        if (static_cast<QInputMethodEvent*>(event)->preeditString().isEmpty())
            composing_.clear();
        else
            composing_ = watched;
        return false;
    case QEvent::FocusOut:
        if (watched == composing_)
            composing_.clear();
        return false;
    case QEvent::ShortcutOverride:
        if (isInArea(widget) && (isTyping() || isTyping(widget)) && isText(*static_cast<QKeyEvent*>(event))) {
            event->accept();
            return true;
        }
        return false;
    case QEvent::KeyPress:
        return isInArea(widget) && !isTyping() && !isTyping(widget) && choose(*static_cast<QKeyEvent*>(event));
    default:
        return false;
    }
}

} // namespace earmark
