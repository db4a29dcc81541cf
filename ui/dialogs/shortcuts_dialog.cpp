#include "ui/dialogs/shortcuts_dialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// A menu's text without its access key, which Chinese has in brackets at the end.
QString plain(QString text)
{
    static const QRegularExpression inBrackets(R"(\(&.\))");
    text.remove(inBrackets).remove('&');
    return text.section('\t', 0, 0);
}

QString keysOf(const QList<QKeySequence>& sequences)
{
    QStringList texts;
    for (const QKeySequence& sequence : sequences)
        if (!sequence.isEmpty())
            texts.append(sequence.toString(QKeySequence::NativeText));
    return texts.join(", ");
}

/// The nearest thing above that has a name for people: a menu's title, a page's accessible name or window title.
QString ownerOf(const QObject* object)
{
    for (const QObject* at = object->parent(); at; at = at->parent()) {
        if (const auto* menu = qobject_cast<const QMenu*>(at); menu && !menu->title().isEmpty())
            return plain(menu->title());
        const auto* widget = qobject_cast<const QWidget*>(at);
        if (widget && !widget->isWindow() && !widget->accessibleName().isEmpty())
            return widget->accessibleName();
    }
    return {};
}

void put(std::vector<ShortcutGroup>& groups, const QString& title, const QString& what, const QString& keys)
{
    if (what.isEmpty() || keys.isEmpty())
        return;
    auto group = std::ranges::find(groups, title, &ShortcutGroup::title);
    if (group == groups.end())
        group = groups.insert(groups.end(), {title, {}});
    if (std::ranges::find(group->keys, std::pair(what, keys)) == group->keys.end())
        group->keys.emplace_back(what, keys);
}

QWidget* sheetOf(const ShortcutGroup& group)
{
    auto* sheet = new QWidget;
    auto* grid = new QGridLayout(sheet);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6 * spaceUnit);
    auto* title = new QLabel(group.title);
    title->setProperty("heading", true);
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const auto& [what, keys] : group.keys) {
        auto* key = new QLabel(keys);
        key->setProperty("key", true);
        grid->addWidget(new QLabel(what), row, 0);
        grid->addWidget(key, row++, 1, Qt::AlignRight);
    }
    grid->setColumnStretch(0, 1);
    return sheet;
}

} // namespace

std::vector<ShortcutGroup> shortcutsOf(const QWidget& window)
{
    std::vector<ShortcutGroup> groups;
    const QString elsewhere = ShortcutsDialog::tr("Everywhere");
    const auto titleOf = [&](const QObject* object) {
        const QString owner = ownerOf(object);
        return owner.isEmpty() ? elsewhere : owner;
    };
    for (const QAction* action : window.findChildren<QAction*>())
        put(groups, titleOf(action), plain(action->iconText()), keysOf(action->shortcuts()));
    for (const QShortcut* shortcut : window.findChildren<QShortcut*>())
        put(groups, titleOf(shortcut), plain(shortcut->whatsThis()), keysOf({shortcut->key()}));
    return groups;
}

ShortcutsDialog::ShortcutsDialog(const std::vector<ShortcutGroup>& groups, QWidget* parent) : QDialog(parent)
{
    setObjectName("shortcutsDialog");
    setWindowTitle(tr("Shortcuts"));
    auto* sheets = new QWidget;
    auto* columns = new QHBoxLayout(sheets);
    columns->setSpacing(10 * spaceUnit);
    QVBoxLayout* halves[2] = {new QVBoxLayout, new QVBoxLayout};
    std::size_t lengths[2] = {0, 0};
    for (const ShortcutGroup& group : groups) {
        const int shorter = lengths[0] <= lengths[1] ? 0 : 1;
        halves[shorter]->addWidget(sheetOf(group));
        halves[shorter]->addSpacing(4 * spaceUnit);
        lengths[shorter] += group.keys.size() + 2;
    }
    for (QVBoxLayout* half : halves) {
        half->addStretch();
        columns->addLayout(half, 1);
    }
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(sheets);
    scroll->setAccessibleName(tr("Shortcuts"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
    resize(190 * spaceUnit, 140 * spaceUnit);
}

} // namespace earmark
