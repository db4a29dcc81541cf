// In a form that scrolls, the wheel scrolls: it turns a field only where the field is being edited. Thread: the window's.
#pragma once

#include <QEvent>
#include <QWidget>

namespace earmark
{

class WheelGuard : public QObject
{
public:
    /// Of spin boxes, combo boxes and sliders, which else change when somebody scrolls past them.
    static void protect(QWidget& field)
    {
        field.setFocusPolicy(Qt::StrongFocus); // by itself the wheel would give it the focus first
        field.installEventFilter(new WheelGuard(field));
    }

private:
    explicit WheelGuard(QWidget& field) : QObject(&field) {}

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

} // namespace earmark
