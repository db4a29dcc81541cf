// What can be chosen of spectrograms: colours, axis, detail, range. Thread: the window's.
#pragma once

#include <QMenu>

namespace earmark
{

class SpectrogramMenu : public QMenu
{
    Q_OBJECT

public:
    explicit SpectrogramMenu(QWidget* parent = nullptr);

private:
    template <class Value, class Set> void addChoice(const QString& title, const QList<std::pair<QString, Value>>& choices, Value now, Set set);
    void addRange();
};

} // namespace earmark
