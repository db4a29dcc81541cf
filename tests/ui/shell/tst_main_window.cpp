// The window as a whole: pages, welcome, title, menus, errors, jobs, drops, and its one clean end.
#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTimer>

#include "tests/support/endless_session.h"
#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "tests/support/other_user.h"
#include "tests/support/stall_watch.h"
#include "ui/dialogs/error_bar.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/note.h"
#include "ui/shell/project_files.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class MainWindowTest : public QObject
{
    Q_OBJECT

    /// Clicks `button` of the next message box, once it is there.
    static void answer(const QString& button)
    {
        QTimer::singleShot(0, qApp, [button] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box)
                return answer(button);
            for (QAbstractButton* each : box->buttons())
                if (each->text().remove('&') == button)
                    return each->click();
            QTest::qFail("no such button", __FILE__, __LINE__);
        });
    }
    static int page(const MainWindow& window) { return test::child<QStackedWidget>(window, "pages")->currentIndex(); }
    static constexpr int welcome = 5;

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void railAndKeysLeadToPages()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QCOMPARE(page(window), welcome);
        const auto buttons = test::child<QWidget>(window, "rail")->findChildren<QAbstractButton*>(QRegularExpression("^rail_"));
        QCOMPARE(buttons.size(), 5);
        for (int i = 0; i < 5; ++i) {
            QTest::mouseClick(buttons[i], Qt::LeftButton);
            QCOMPARE(page(window), i == 0 ? welcome : i); // without a project, Data is where one is opened or made
            QVERIFY(buttons[i]->isChecked());
        }
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(&window, static_cast<Qt::Key>(Qt::Key_1 + i), Qt::ControlModifier);
            QCOMPARE(page(window), i == 0 ? welcome : i);
        }
    }

    void opensProjectsAndRemembersThem()
    {
        const test::LabelledProject project;
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        QVERIFY(!test::child<QAction>(window, "closeProject")->isEnabled());
        window.files().open(project.path());
        QTRY_COMPARE(window.windowTitle(), QString("p.earmark — Earmark"));
        QCOMPARE(page(window), 0);
        QCOMPARE(workspace.settings().lastProject(), project.path());
        auto* undo = test::child<QAction>(window, "undo");
        workspace.project().setLabels({project.ids[0]}, {"rock"});
        QTRY_VERIFY(undo->isEnabled() && undo->text() != "Undo");
        undo->trigger();
        test::settle(workspace);
        QCOMPARE(test::labelsOf(workspace, project.ids[0]), QString());

        test::child<QAction>(window, "closeProject")->trigger();
        QCOMPARE(page(window), welcome);
        QCOMPARE(window.windowTitle(), QString("Earmark"));
        QVERIFY(workspace.settings().lastProject().empty());
        auto* recent = test::child<QListWidget>(window, "welcomeRecent");
        QCOMPARE(recent->count(), 1);
        QTest::mouseClick(recent->viewport(), Qt::LeftButton, {}, recent->visualItemRect(recent->item(0)).center());
        QTRY_COMPARE(window.windowTitle(), QString("p.earmark — Earmark"));
    }

    void aSecondWindowReadsOnly()
    {
        const test::LabelledProject project;
        Workspace first, second;
        project.openIn(first);
        MainWindow window(second);
        window.show();
        window.files().open(project.path());
        QTRY_VERIFY(window.windowTitle().contains("[read-only: open in "));
        QCOMPARE(test::child<ErrorBar>(window, "errorBar")->count(), 1);
        QVERIFY(!test::child<QAction>(window, "undo")->isEnabled());
        first.project().close();
        QTest::mouseClick(test::child<QPushButton>(window, "errorRemedy"), Qt::LeftButton); // open again
        QTRY_COMPARE(window.windowTitle(), QString("p.earmark — Earmark"));
    }

    void aProjectThatCannotBeChangedIsCopied()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        const test::LabelledProject project;
        const test::WithoutWriting place(project.folder.path());
        const QTemporaryDir own;
        const QString copy = own.filePath("mine");
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        window.files().open(project.path());
        QTRY_COMPARE(window.windowTitle(), QString("p.earmark [read-only] — Earmark"));
        QCOMPARE(test::child<ErrorBar>(window, "errorBar")->count(), 1);
        QCOMPARE(test::child<QPushButton>(window, "errorRemedy")->text(), QString("Save a copy…"));
        test::nameNextFile(copy);
        QTest::mouseClick(test::child<QPushButton>(window, "errorRemedy"), Qt::LeftButton);
        QTRY_COMPARE(window.windowTitle(), QString("mine.earmark — Earmark"));
        QTRY_COMPARE(workspace.view().rows.size(), project.ids.size());
        QCOMPARE(QString::fromStdString(workspace.view().rows[0].audio.source.path), project.folder.filePath("1.wav"));
        workspace.project().setLabels({project.ids[0]}, {"rock"});
        test::settle(workspace);
        QCOMPARE(test::labelsOf(workspace, project.ids[0]), QString("rock"));
        test::nameNextFile(copy); // there is one of that name
        test::child<QAction>(window, "saveCopy")->trigger();
        QTRY_COMPARE(test::child<ErrorBar>(window, "errorBar")->count(), 1);
        QCOMPARE(window.windowTitle(), QString("mine.earmark — Earmark"));
    }

    void aProjectThatIsGoneIsForgotten()
    {
        Workspace workspace;
        workspace.settings().addRecentProject("/no/such.earmark");
        MainWindow window(workspace);
        window.show();
        window.files().open("/no/such.earmark");
        auto* bar = test::child<ErrorBar>(window, "errorBar");
        QTRY_COMPARE(bar->count(), 1);
        QTest::mouseClick(test::child<QPushButton>(window, "errorRemedy"), Qt::LeftButton);
        QVERIFY(workspace.settings().recentProjects().empty());
        QCOMPARE(page(window), welcome);
    }

    void dropsAreImported()
    {
        const test::LabelledProject project;
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        QSignalSpy asked(&workspace, &Workspace::importAsked);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(project.path())), QUrl::fromLocalFile("/sounds"), QUrl("https://example.org/a.wav")});
        QDragEnterEvent enter({}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &drop);
        QTRY_COMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toStringList(), QStringList("/sounds"));
        QCOMPARE(workspace.project().path(), project.path());
    }

    void failuresOfJobsStay()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        auto job = std::make_shared<test::EndlessSession>();
        workspace.queue().enqueue(job);
        auto* jobs = test::child<QAbstractButton>(window, "jobs");
        QVERIFY(jobs->isVisible());
        QCOMPARE(jobs->text(), QString("Training"));
        job->fail({.code = "train.diverged", .message = "The loss is no longer a number."});
        QTRY_COMPARE(test::child<ErrorBar>(window, "errorBar")->count(), 1);
        QCOMPARE(jobs->text(), QString("Jobs"));
        QTest::mouseClick(test::child<QPushButton>(window, "errorRemedy"), Qt::LeftButton);
        QCOMPARE(page(window), 2);
    }

    void jobsArePausedAndStopped()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        auto first = std::make_shared<test::EndlessSession>(Session::Kind::train, "one");
        auto second = std::make_shared<test::EndlessSession>(Session::Kind::evaluate, "two");
        workspace.queue().enqueue(first);
        workspace.queue().enqueue(second);
        first->advance(10, 40);
        QTRY_VERIFY(test::child<QAbstractButton>(window, "jobs")->toolTip().contains("25 %"));
        QTest::mouseClick(test::child<QAbstractButton>(window, "jobs"), Qt::LeftButton);
        auto* list = test::child<QWidget>(window, "jobList");
        QVERIFY(list->isVisible());
        const auto rows = list->findChildren<QWidget*>("jobRow");
        QCOMPARE(rows.size(), 2);
        QTest::mouseClick(test::child<QWidget>(*rows[0], "jobPause"), Qt::LeftButton);
        QCOMPARE(first->state(), Session::State::paused);
        QTest::mouseClick(test::child<QWidget>(*rows[0], "jobPause"), Qt::LeftButton);
        QCOMPARE(first->state(), Session::State::running);
        QCOMPARE(test::child<QLabel>(*rows[1], "jobState")->text(), QString("Waiting for its turn"));
        for (QWidget* row : rows)
            QTest::mouseClick(test::child<QWidget>(*row, "jobEnd"), Qt::LeftButton);
        QTRY_VERIFY(!workspace.queue().isBusy());
        list->close();
    }

    void closingDuringARunAsksOnceAndStopsIt()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        auto job = std::make_shared<test::EndlessSession>();
        workspace.queue().enqueue(job);
        answer("Cancel");
        QVERIFY(!window.close());
        QCOMPARE(job->state(), Session::State::running);
        answer("Stop and close");
        window.close();
        QTRY_VERIFY(!window.isVisible());
        QCOMPARE(job->state(), Session::State::stopped);
        QVERIFY(!workspace.settings().value("windowGeometry").toByteArray().isEmpty());
    }

    void themeIsSwitched()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        test::child<QAction>(window, "theme_dark")->trigger();
        QVERIFY(Theme::instance().isDark());
        test::child<QAction>(window, "theme_light")->trigger();
        QVERIFY(!Theme::instance().isDark());
    }

    void notesComeAndGo()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        workspace.notify("Done.");
        auto* note = window.findChild<Note*>();
        QVERIFY(note->isVisible());
        QCOMPARE(note->text(), QString("Done."));
        QTest::mouseClick(note, Qt::LeftButton);
        QVERIFY(!note->isVisible());
    }

    void shortcutsAreThoseOfTheActions()
    {
        Workspace workspace;
        MainWindow window(workspace);
        const auto groups = shortcutsOf(window);
        const auto has = [&](const QString& title, const QString& what, const QString& keys) {
            for (const ShortcutGroup& group : groups)
                if (group.title == title && std::ranges::find(group.keys, std::pair(what, keys)) != group.keys.end())
                    return true;
            return false;
        };
        QVERIFY(has("View", "Train", "Ctrl+3"));
        QVERIFY(has("Help", "Shortcuts", "?"));
        QVERIFY(has("File", "Import files…", "Ctrl+I"));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_Question);
        QTRY_VERIFY(window.findChild<QWidget*>("shortcutsDialog"));
    }

    void stallsAreMeasured()
    {
        test::StallWatch watch;
        QTest::qWait(20);
        watch.reset();
        QTest::qSleep(120); // the loop is away
        QTRY_VERIFY(watch.longest() >= 80);
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
