// A text of the clip at hand (transcript, note), a line until one types in it: what is typed is kept in the project as soon as the field is left, the clip is left, or Ctrl+Enter or
// Escape is pressed. Thread: the window's.
#pragma once

#include <QPlainTextEdit>

#include <optional>

#include "ui/models/workspace.h"

namespace earmark
{

class TextField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TextField(QWidget* parent = nullptr);

    /// The text as the project has it. What is being typed for the same clip stays.
    void show(std::optional<ClipId> clip, const QString& text);
    void keep(); ///< says kept() where something was typed

Q_SIGNALS:
    void kept(earmark::ClipId clip, const QString& text);
    void done(); ///< Ctrl+Enter
    void left(); ///< Escape: it has no focus any more

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::optional<ClipId> clip_;
    QString stored_;
};

} // namespace earmark
