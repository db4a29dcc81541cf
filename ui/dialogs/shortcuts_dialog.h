// Every key of the window, read from the actions and shortcuts that there are, so that it cannot be wrong. Thread: the window's.
#pragma once

#include <QDialog>
#include <QKeySequence>
#include <QString>

#include <vector>

namespace earmark
{

struct ShortcutGroup {
    QString title;
    std::vector<std::pair<QString, QString>> keys; ///< what it does, the keys as text
};

/// The actions and shortcuts below `window`, by the menu or page that they belong to: an action by its text, a shortcut by its whatsThis().
std::vector<ShortcutGroup> shortcutsOf(const QWidget& window);

class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const std::vector<ShortcutGroup>& groups, QWidget* parent = nullptr);
};

} // namespace earmark
