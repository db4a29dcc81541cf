// Whoever cannot see the window, or has no mouse: each thing that can be worked has a name that a screen reader can say, and Tab comes to it.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenuBar>
#include <QMetaEnum>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>

#include <set>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

/// Something a user works with, and not a part of something else that is one.
bool isControl(const QWidget* widget)
{
    if (qobject_cast<const QScrollBar*>(widget) || qobject_cast<const QHeaderView*>(widget) || qobject_cast<const QMenuBar*>(widget))
        return false;
    for (const QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget())
        if (qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QAbstractItemView*>(parent) ||
            qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QTabBar*>(parent))
            return false;
    return widget->focusPolicy() & Qt::TabFocus || qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QAbstractSlider*>(widget) ||
           qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QPlainTextEdit*>(widget);
}

QString describe(const QWidget* widget)
{
    QStringList path;
    for (const QWidget* at = widget; at && !at->isWindow(); at = at->parentWidget())
        if (at == widget || !at->objectName().isEmpty())
            path.prepend(QString(at->metaObject()->className()) + (at->objectName().isEmpty() ? "" : ":" + at->objectName()));
    return path.join('/');
}

QString nameOf(QWidget* widget)
{
    QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
    return told ? told->text(QAccessible::Name).trimmed() : QString();
}

/// Where Tab leads, round and round until it comes back.
std::set<QWidget*> reachedByTab(QWidget& window)
{
    std::set<QWidget*> reached;
    for (int i = 0; i < 400; ++i) {
        QWidget* now = QApplication::focusWidget();
        if (now && !reached.insert(now).second)
            break;
        QTest::keyClick(now ? now : &window, Qt::Key_Tab);
    }
    return reached;
}

/// A group of radio buttons is one stop; arrow keys go on in it.
bool isReachedWithItsGroup(const QAbstractButton* button, const std::set<QWidget*>& reached)
{
    const auto isOfGroup = [&](const QWidget* other) {
        const auto* one = qobject_cast<const QAbstractButton*>(other);
        return one && (button->group() ? one->group() == button->group() && button->group()->exclusive() : one->autoExclusive() && one->parentWidget() == button->parentWidget());
    };
    return (button->group() || button->autoExclusive()) && std::ranges::any_of(reached, isOfGroup);
}

} // namespace

class AccessibilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        QAccessible::setActive(true);
        Theme::instance().apply(Theme::Choice::light);
    }

    void everyPage_data()
    {
        QTest::addColumn<int>("page");
        QTest::newRow("welcome") << -1;
        const auto pages = QMetaEnum::fromType<Workspace::PageId>();
        for (int i = 0; i < pages.keyCount(); ++i)
            QTest::newRow(pages.key(i)) << pages.value(i);
    }
    void everyPage()
    {
        QFETCH(int, page);
        test::LabelledProject project(6);
        Workspace workspace;
        workspace.settings().setAutoplay(false);
        MainWindow window(workspace);
        window.resize(1280, 720);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        if (page >= 0) {
            project.openIn(workspace);
            window.showPage(static_cast<Workspace::PageId>(page));
            workspace.setCurrentClip(project.ids[0]);
            QTRY_VERIFY(workspace.transport().clip().has_value());
        }
        const std::set<QWidget*> reached = reachedByTab(window);
        QVERIFY(reached.size() > 3);
        QStringList wrong;
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            if (!widget->isVisible() || !widget->isEnabled() || !isControl(widget))
                continue;
            if (nameOf(widget).isEmpty())
                wrong += "no name: " + describe(widget);
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool isThere = reached.contains(widget) || (widget->focusProxy() && reached.contains(widget->focusProxy())) || (button && isReachedWithItsGroup(button, reached));
            if (!isThere)
                wrong += "no way: " + describe(widget);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable('\n' + wrong.join('\n')));
    }
};

QTEST_MAIN(AccessibilityTest)
#include "tst_accessibility.moc"
