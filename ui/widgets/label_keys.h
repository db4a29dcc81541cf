// The keys of the label set, wherever clips are at hand: in the window of its area (a page) while the area is seen, 1…9 and a…z choose a label, with
// Shift a further one; it does not matter that the player was clicked last.
// The one guard of typing, too: while text is typed, or composed with an input method, plain keys belong to the text, and neither a label key nor
// a shortcut without Ctrl or Alt fires. Thread: the window's.
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <string>

#include "engine/bridge/project_session.h"

class QKeyEvent;

namespace earmark
{

class LabelKeys : public QObject
{
    Q_OBJECT

public:
    /// Belongs to `area`.
    LabelKeys(const ProjectSession& project, QWidget* area);

    static std::string keyOf(const QKeyEvent& event); ///< "1"…"9", "a"…"z"; of whatever keyboard layout, with Shift or without; "" for any other
    static bool isTyping(const QWidget* focus);       ///< text can be typed where the focus is
    bool isTyping() const;                            ///< now: there, or composed with an input method

Q_SIGNALS:
    void chosen(const earmark::LabelClass& label, bool further); ///< further: beside the labels that are there, not instead of them

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isInArea(const QWidget* widget) const;
    bool choose(const QKeyEvent& event);

    const ProjectSession& project_;
    QWidget* area_;
    QPointer<QObject> composing_; ///< the widget whose text is being composed
};

} // namespace earmark
