// The open project: edits and what the window sees of them, the file read only, undo, a hundred thousand clips.
#include "engine/bridge/project_session.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <fstream>

#include "engine/bridge/import_session.h"
#include "engine/bridge/relocate_session.h"
#include "tests/bridge/small_project.h"
#include "tests/engine/dataset/fast_folder.h"
#include "tests/support/corpus.h"

using namespace earmark;

namespace
{

/// MiB that the process holds.
long residentMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::stol(line.substr(6)) / 1024;
    return 0;
}

} // namespace

class ProjectSessionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    std::string folder() const { return folder_.path().toStdString(); }

private Q_SLOTS:
    void opensAndCloses()
    {
        ProjectSession session;
        QSignalSpy opened(&session, &ProjectSession::opened), appended(&session, &ProjectSession::rowsAppended), closed(&session, &ProjectSession::closed);
        test::openAndLoad(session, test::makeProject(folder(), "open", 9));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(appended.size(), 1);
        QVERIFY(session.isWritable());
        const ProjectView& view = session.view();
        QCOMPARE(view.rows.size(), std::size_t(9));
        QCOMPARE(view.labels.size(), std::size_t(2));
        QCOMPARE(view.splits.size(), std::size_t(2));
        QCOMPARE(view.splits[0].clips, std::size_t(7));
        QCOMPARE(view.labelName(view.rows[1]), std::string("b"));
        QCOMPARE(view.rows[3].split, 1);
        QCOMPARE(view.undoable.value(), std::string("Add 9 clips"));
        for (std::size_t i = 0; i < view.rows.size(); ++i)
            QCOMPARE(view.rowOf(view.rows[i].id).value(), i);
        QVERIFY(!view.rowOf(99));
        session.close();
        QCOMPARE(closed.size(), 1);
        QVERIFY(session.view().rows.empty());
        QCOMPARE(session.state(), ProjectSession::State::closed);
    }

    void whatCannotBeOpened()
    {
        ProjectSession session;
        QSignalSpy failed(&session, &ProjectSession::openFailed);
        session.open(folder() + "/nothing.earmark");
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().value<Error>().code, std::string("io.not_found"));
        QCOMPARE(session.state(), ProjectSession::State::closed);
        test::openAndLoad(session, test::makeProject(folder(), "after", 2));
        QCOMPARE(session.view().rows.size(), std::size_t(2));
    }

    void readOnlyWhereAnotherHasIt()
    {
        const std::string path = test::makeProject(folder(), "held", 3);
        Project holder = Project::open(path, Access::write).value();
        ProjectSession session;
        test::openAndLoad(session, path);
        QVERIFY(!session.isWritable());
        QCOMPARE(session.whyReadOnly()->code, std::string("project.locked"));
        QCOMPARE(session.view().rows.size(), std::size_t(3));
        QSignalSpy failed(&session, &ProjectSession::failed);
        session.addLabel({session.view().rows[0].id}, "c");
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().value<Error>().code, std::string("project.read_only"));
        QCOMPARE(session.view().labelName(session.view().rows[0]), std::string("a"));
    }

    void editsArriveInOrder()
    {
        ProjectSession session;
        test::openAndLoad(session, test::makeProject(folder(), "edits", 4));
        const auto id = [&](std::size_t row) { return session.view().rows[row].id; };
        QSignalSpy changed(&session, &ProjectSession::rowsChanged);
        session.setLabels({id(0), id(2)}, {"c"});
        session.setState({id(1)}, ClipState::unsure);
        session.setNote(id(1), "hum");
        session.addRegion(id(3), {.start = 0, .end = 1, .labels = {"d"}});
        QTRY_COMPARE(changed.size(), 4);
        QCOMPARE(changed.first().first().value<std::vector<int>>(), (std::vector{0, 2}));
        const auto& rows = session.view().rows;
        QCOMPARE(session.view().labelName(rows[2]), std::string("c"));
        QCOMPARE(rows[1].state, ClipState::unsure);
        QVERIFY(rows[1].hasNote);
        QCOMPARE(rows[3].regions, 1);
        QCOMPARE(rows[3].split, 1); // what the edit did not touch stays
        QCOMPARE(session.view().labels.size(), std::size_t(4));
        std::optional<Clip> whole;
        session.askClip(this, id(3), [&](Result<Clip> clip) { whole = clip.value(); });
        QTRY_VERIFY(whole);
        QCOMPARE(whole->regions[0].labels, std::vector<std::string>{"d"});
    }

    void aFailedEditChangesNothing()
    {
        ProjectSession session;
        test::openAndLoad(session, test::makeProject(folder(), "refused", 3));
        QSignalSpy failed(&session, &ProjectSession::failed), changed(&session, &ProjectSession::rowsChanged);
        session.setLabels({session.view().rows[0].id, 4711}, {"c"});
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().value<Error>().code, std::string("project.invalid_edit"));
        QCOMPARE(changed.size(), 0);
        QCOMPARE(session.view().labelName(session.view().rows[0]), std::string("a"));
        QCOMPARE(session.view().labels.size(), std::size_t(2));
        QCOMPARE(session.view().undoable.value(), std::string("Add 3 clips"));
    }

    void undoTouchesWhatItMust()
    {
        ProjectSession session;
        test::openAndLoad(session, test::makeProject(folder(), "undo", 6));
        QSignalSpy changed(&session, &ProjectSession::rowsChanged), reset(&session, &ProjectSession::rowsReset), undo(&session, &ProjectSession::undoChanged);
        const ClipId third = session.view().rows[2].id;
        session.addLabel({third}, "c");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(session.view().labels.size(), std::size_t(3));
        session.undo();
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(changed.last().first().value<std::vector<int>>(), std::vector{2});
        QCOMPARE(session.view().labels.size(), std::size_t(2));
        QCOMPARE(session.view().redoable.value(), std::string("Add a label to 1 clip"));
        session.redo();
        QTRY_COMPARE(changed.size(), 3);
        QCOMPARE(session.view().labelName(session.view().rows[2]), std::string("a | c"));
        QCOMPARE(undo.size(), 3);
        QCOMPARE(reset.size(), 0);
        session.removeClips({third, session.view().rows[3].id});
        QTRY_COMPARE(session.view().rows.size(), std::size_t(4));
        QCOMPARE(session.view().splits.size(), std::size_t(1 + 1));
        QCOMPARE(reset.size(), 1);
        session.undo();
        QTRY_COMPARE(session.view().rows.size(), std::size_t(6));
        QCOMPARE(session.view().rows[2].id, third); // where it was
        QTRY_COMPARE(session.view().rows[3].split, 1);
        QCOMPARE(session.view().labelName(session.view().rows[2]), std::string("a | c"));
        session.undo();
        session.undo();
        QTRY_VERIFY(session.view().rows.empty());
        session.redo();
        QTRY_COMPARE(session.view().rows.size(), std::size_t(6));
    }

    void rowsThatComeBackKnowTheShownRun()
    {
        ProjectSession session;
        const std::string path = test::makeProject(folder(), "shown", 3);
        std::int64_t run = 0;
        {
            Project project = Project::open(path, Access::write).value();
            run = project.addRun({.name = "one", .labels = {"a", "b"}, .state = "finished"}).value();
            const auto ids = project.clipIds().value();
            QVERIFY(project.addPredictions(run, std::vector{Prediction{.clip = ids[1], .label = "b", .scores = {0.25f, 0.75f}}}));
        }
        test::openAndLoad(session, path);
        QSignalSpy runs(&session, &ProjectSession::runsChanged);
        session.showRun(run);
        QTRY_COMPARE(session.view().rows[1].prediction, 1);
        QCOMPARE(session.view().rows[1].confidence, 0.75f);
        session.setNote(session.view().rows[1].id, "x");
        session.removeClips({session.view().rows[1].id});
        QTRY_COMPARE(session.view().rows.size(), std::size_t(2));
        session.undo();
        QTRY_COMPARE(session.view().rows.size(), std::size_t(3));
        QTRY_COMPARE(session.view().rows[1].prediction, 1);
        session.renameRun(run, "two");
        QVERIFY(runs.wait());
        QCOMPARE(session.view().runs[0].name, std::string("two"));
        session.deleteRun(run);
        QTRY_VERIFY(session.view().runs.empty());
        QTRY_VERIFY(!session.view().shownRun);
        QCOMPARE(session.view().rows[1].prediction, -1);
    }

    void labelsAreMerged()
    {
        ProjectSession session;
        test::openAndLoad(session, test::makeProject(folder(), "merge", 4));
        QSignalSpy changed(&session, &ProjectSession::rowsChanged);
        session.mergeLabels("b", "a");
        QVERIFY(changed.wait());
        QCOMPARE(changed.first().first().value<std::vector<int>>(), (std::vector{1, 3}));
        QCOMPARE(session.view().labelName(session.view().rows[3]), std::string("a"));
        session.undo();
        QVERIFY(changed.wait());
        QCOMPARE(session.view().labelName(session.view().rows[3]), std::string("b"));
    }

    void importsAppend()
    {
        test::writeToneCorpus(folder_.filePath("tones"), 2, 3);
        ProjectSession session;
        test::openAndLoad(session, test::makeProject(folder(), "import", 2));
        QSignalSpy appended(&session, &ProjectSession::rowsAppended), reset(&session, &ProjectSession::rowsReset);
        ImportSession import(session, {folder() + "/tones"}, {});
        QSignalSpy ended(&import, &Session::ended);
        import.start();
        QVERIFY(ended.wait());
        QTRY_COMPARE(session.view().rows.size(), std::size_t(8));
        QCOMPARE(appended.size(), 1);
        QCOMPARE(appended.first().first().toInt(), 2);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(session.view().labelName(session.view().rows[7]), std::string("tone-1"));
        QVERIFY(QDir(folder_.path()).rename("tones", "sounds"));
        RelocateSession relocate(session, folder() + "/sounds");
        QSignalSpy relocated(&relocate, &Session::ended);
        relocate.start();
        QVERIFY(relocated.wait());
        QCOMPARE(relocate.relocation().found, std::size_t(6));
        QCOMPARE(relocate.relocation().missing, std::size_t(2)); // those of makeProject() never were
        QTRY_COMPARE(session.view().rows[7].audio.source.path, folder() + "/sounds/tone-1/002.wav");
    }

    void aHundredThousandClips()
    {
        constexpr int clips = 100'000;
        const std::string path = test::makeProject(folder(), "large", clips);
        const long before = residentMemory();
        QElapsedTimer clock;
        clock.start();
        ProjectSession session;
        QSignalSpy loading(&session, &ProjectSession::loadingChanged), appended(&session, &ProjectSession::rowsAppended);
        session.open(path);
        QTRY_VERIFY_WITH_TIMEOUT(!appended.isEmpty(), 20000);
        const qint64 first = clock.elapsed();
        QTRY_COMPARE_WITH_TIMEOUT(loading.size(), 2, 20000);
        const qint64 all = clock.elapsed();
        QCOMPARE(session.view().rows.size(), std::size_t(clips));
        const long memory = residentMemory() - before;
        QSignalSpy changed(&session, &ProjectSession::rowsChanged);
        session.addLabel({session.view().rows[clips / 2].id}, "a");
        QVERIFY(changed.wait());
        clock.start();
        session.undo();
        QVERIFY(changed.wait());
        const qint64 undone = clock.elapsed();
        qInfo("100,000 clips: first rows after %lld ms, all after %lld ms, %ld MiB; undo of a label %lld ms", first, all, memory, undone);
        QVERIFY(memory < 500);

        session.close();
        loading.clear();
        appended.clear();
        session.open(path); // and closed again while it loads
        QTRY_VERIFY_WITH_TIMEOUT(!appended.isEmpty(), 20000);
        clock.start();
        session.close();
        qInfo("closed while loading: %lld ms", clock.elapsed());
        QVERIFY(loading.size() < 2);
        QVERIFY(session.view().rows.empty());
        QCoreApplication::processEvents();
        QVERIFY(session.view().rows.empty()); // nothing comes late
    }
};

QTEST_GUILESS_MAIN(ProjectSessionTest)
#include "tst_project_session.moc"
