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
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <set>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/error_bar.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/help_window.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/import_report_dialog.h"
#include "ui/dialogs/label_set_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/dialogs/split_dialog.h"
#include "ui/pages/train/base_chooser.h"
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

QStringList wrongIn(const QWidget& window, const std::set<QWidget*>& reached)
{
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
    return wrong;
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
        qputenv("HF_HUB_CACHE", "/nonexistent");
        test::writeBytes(folder_.filePath("a.wav").toStdString(), test::toneWav(300, 1, 1));
        QFile table(folder_.filePath("clips.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("file,label,speaker\na.wav,high,anna\n");
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
        QVERIFY2(wrongIn(window, reached).isEmpty(), qPrintable('\n' + wrongIn(window, reached).join('\n')));
    }

    void everyDialog_data()
    {
        QTest::addColumn<std::function<QDialog*(Workspace&)>>("make");
        const auto add = [](const char* name, std::function<QDialog*(Workspace&)> make) { QTest::newRow(name) << make; };
        add("about", [](Workspace&) { return new AboutDialog; });
        add("licence", [](Workspace&) {
            auto* dialog = new AboutDialog;
            dialog->findChild<QTabWidget*>("aboutTabs")->setCurrentIndex(1);
            return dialog;
        });
        add("base model", [](Workspace& workspace) { return new BaseChooser(*new BaseModelList(workspace.settings(), &workspace), "scratch:ast-tiny"); });
        add("divide", [](Workspace& workspace) { return new SplitDialog(workspace); });
        add("divide, advanced", [](Workspace& workspace) {
            auto* dialog = new SplitDialog(workspace);
            dialog->findChild<QAbstractButton*>("splitAdvanced")->click();
            return dialog;
        });
        add("export", [](Workspace&) { return new ExportDialog("/tmp/p-export"); });
        add("help", [](Workspace&) { return new HelpWindow; });
        add("import", [this](Workspace&) { return new ImportDialog({folder_.path().toStdString()}); });
        add("import a table", [this](Workspace&) { return new ImportDialog({folder_.filePath("clips.csv").toStdString()}); });
        add("import report", [](Workspace&) {
            ImportReport report{.added = 2};
            report.remarks.push_back({.code = "import.no_lists", .message = "A remark.", .parameters = {}, .causes = {}});
            report.broken.push_back({.path = "/a.wav", .error = {.code = "audio.empty", .message = "It is empty.", .path = "/a.wav", .parameters = {}}});
            report.duplicates.push_back({"/b.wav", "/c.wav"});
            return new ImportReportDialog(report);
        });
        add("label set", [](Workspace& workspace) { return new LabelSetDialog(workspace); });
        add("settings", [](Workspace& workspace) { return new SettingsDialog(workspace.settings()); });
        add("shortcuts", [](Workspace&) { return new ShortcutsDialog({{"File", {{"New", "Ctrl+N"}}}}); });
    }
    void everyDialog()
    {
        using Make = std::function<QDialog*(Workspace&)>;
        QFETCH(Make, make);
        test::LabelledProject project(6);
        Workspace workspace;
        project.openIn(workspace);
        const std::unique_ptr<QDialog> dialog(make(workspace));
        dialog->show();
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
        if (auto* next = dialog->findChildren<QAbstractButton*>(QRegularExpression("^(splitDivide|importStart)$")).value(0))
            QTRY_VERIFY(next->isEnabled()); // what would come of it was looked at
        QVERIFY(!dialog->windowTitle().isEmpty());
        const std::set<QWidget*> reached = reachedByTab(*dialog);
        QVERIFY(!reached.empty());
        QVERIFY2(wrongIn(*dialog, reached).isEmpty(), qPrintable('\n' + wrongIn(*dialog, reached).join('\n')));
    }

    void errorsAndWhatCanBeDone()
    {
        ErrorBar bar;
        bar.add({.code = "io.disk_full", .message = "The disk is full.", .path = "/a", .parameters = {}}, Workspace::Remedy{"Empty the cache", [] {}});
        bar.add({.code = "audio.empty", .message = "It is empty.", .path = "/b", .parameters = {}});
        bar.show();
        bar.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        const std::set<QWidget*> reached = reachedByTab(bar);
        QVERIFY2(wrongIn(bar, reached).isEmpty(), qPrintable('\n' + wrongIn(bar, reached).join('\n')));
    }

private:
    /// A folder of sound with a table of it.
    QTemporaryDir folder_;
};

QTEST_MAIN(AccessibilityTest)
#include "tst_accessibility.moc"
