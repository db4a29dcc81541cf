#include "ui/widgets/text_field.h"

#include <QKeyEvent>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int restingHeight = 9 * spaceUnit;
constexpr int typingHeight = 24 * spaceUnit;

} // namespace

TextField::TextField(QWidget* parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setFixedHeight(restingHeight);
}

void TextField::show(std::optional<ClipId> clip, const QString& text)
{
    const bool isTyped = clip == clip_ && toPlainText() != stored_;
    clip_ = clip;
    stored_ = text;
    if (!isTyped && toPlainText() != text)
        setPlainText(text);
}

void TextField::keep()
{
    const QString text = toPlainText();
    if (!clip_ || text == stored_ || isReadOnly())
        return;
    stored_ = text;
    Q_EMIT kept(*clip_, text);
}

void TextField::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    setFixedHeight(typingHeight);
}

void TextField::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason) // its own menu
        return;
    keep();
    setFixedHeight(restingHeight);
}

void TextField::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() & Qt::ControlModifier) {
        keep();
        Q_EMIT done();
        return;
    }
    if (event->key() == Qt::Key_Escape) { // back to the keys of the page
        clearFocus();
        Q_EMIT left();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace earmark
