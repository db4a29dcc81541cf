// The Label page in the whole window: the window's undo, the player's Space, and keys after a click on the player.
#include <QStackedWidget>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class LabelInWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void labelPlayUndo()
    {
        test::LabelledProject project;
        Workspace workspace;
        workspace.settings().setAutoplay(false);
        MainWindow window(workspace);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        project.openIn(workspace);
        window.showPage(Workspace::PageId::label);
        QTRY_COMPARE(workspace.currentClip(), std::optional(project.ids[0]));
        const auto press = [](int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key), modifiers); };

        press(Qt::Key_Space);
        QVERIFY(workspace.transport().isPlaying());
        press(Qt::Key_Space);
        QVERIFY(!workspace.transport().isPlaying());
        test::child<QWidget>(window, "volume")->setFocus(); // the player was used last
        press(Qt::Key_1);
        QTRY_COMPARE(test::labelsOf(workspace, project.ids[0]), "rock");
        press(Qt::Key_Return);
        QCOMPARE(workspace.currentClip(), std::optional(project.ids[2]));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(test::labelsOf(workspace, project.ids[0]), "");
        QTRY_COMPARE(workspace.currentClip(), std::optional(project.ids[0]));

        window.showPage(Workspace::PageId::train); // there they mean nothing
        press(Qt::Key_1);
        press(Qt::Key_Return);
        test::settle(workspace);
        QCOMPARE(test::labelsOf(workspace, project.ids[0]), "");
        QCOMPARE(workspace.currentClip(), std::optional(project.ids[0]));
    }
};

QTEST_MAIN(LabelInWindowTest)
#include "tst_label_in_window.moc"
