// Something that wants attention and what can be done about it with one click. Hidden while there is nothing to say. Thread: the window's.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace earmark
{

class WarningCard : public QFrame
{
    Q_OBJECT

public:
    /// The card's object name is `name`, its button's `name` + "Remedy".
    WarningCard(const QString& name, const QString& remedy, QWidget* parent = nullptr);

    void say(const QString& sentence); ///< "" hides it
    QString said() const;
    QPushButton& remedy() { return *remedy_; }

Q_SIGNALS:
    void remedyAsked();

private:
    QLabel* text_;
    QPushButton* remedy_;
};

} // namespace earmark
