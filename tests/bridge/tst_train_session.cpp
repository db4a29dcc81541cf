// A training run as the window sees it, over a module that computes nothing.
#include "engine/bridge/estimate_session.h"

#include <QTemporaryDir>

#include "engine/dataset/training_request.h"
#include "tests/bridge/small_project.h"
#include "tests/engine/dataset/fast_folder.h"

using namespace earmark;

class TrainSessionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    std::string folder() const { return folder_.path().toStdString(); }

    static TrainPlan plan(std::int64_t steps, const std::string& base = "scratch:scripted")
    {
        TrainPlan plan{.base = base, .name = "first try"};
        if (!plan.recipe.set("max_steps", std::to_string(steps)))
            qFatal("max_steps");
        return plan;
    }

    static std::string stateOf(const std::string& project, std::int64_t run)
    {
        const std::vector<Run> runs = Project::open(project, Access::read).value().runs().value();
        for (const Run& known : runs)
            if (known.id == run)
                return known.state;
        return "none";
    }

private Q_SLOTS:
    void initTestCase() { qputenv("EARMARK_MODULE_DIR", EARMARK_SCRIPTED_MODULE_DIR); }

    void tellsAndRecordsARun()
    {
        ProjectSession project;
        const std::string path = test::makeProject(folder(), "whole", 8);
        test::openAndLoad(project, path);
        TrainSession session(project, plan(10));
        QSignalSpy begun(&session, &TrainSession::begun), ended(&session, &Session::ended), runs(&project, &ProjectSession::runsChanged);
        QSignalSpy remarks(&session, &Session::remarked);
        int told = 0;
        connect(&session, &TrainSession::stepsAdded, this, [&](int first, int count) {
            QCOMPARE(first, told);
            told += count;
        });
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::finished);
        QCOMPARE(begun.size(), 1);
        QCOMPARE(session.folder(), folder() + "/whole-runs/1");
        QCOMPARE(told, 5);
        QCOMPARE(session.steps().back().step, 10);
        QCOMPARE(session.evaluations().size(), std::size_t(1));
        QCOMPARE(session.checkpoints().size(), std::size_t(1));
        QCOMPARE(session.done(), 10);
        QCOMPARE(session.outcome()->steps, 10);
        QCOMPARE(remarks.first().first().value<Remark>().message, std::string("Trains on 6 samples."));
        QTRY_COMPARE(project.view().runs.size(), std::size_t(1));
        QTRY_COMPARE(project.view().runs.front().state, std::string("finished"));
        const Run& run = project.view().runs.front();
        QCOMPARE(run.id, session.runId().value());
        QCOMPARE(run.name, std::string("first try"));
        QCOMPARE(run.labels, (std::vector<std::string>{"a", "b"}));
        QVERIFY(run.ended);
        QSignalSpy shown(&project, &ProjectSession::shownRunChanged);
        project.showRun(run.id);
        QVERIFY(shown.wait());
        QCOMPARE(project.view().rows[3].prediction, 0);
        QCOMPARE(project.view().rows[0].prediction, -1); // not of the report's split
    }

    void stops()
    {
        ProjectSession project;
        const std::string path = test::makeProject(folder(), "stopped", 8);
        test::openAndLoad(project, path);
        TrainSession session(project, plan(1'000'000'000));
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QTRY_VERIFY(session.done() > 0);
        session.stop();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::stopped);
        QVERIFY(session.outcome()->stopped);
        QCOMPARE(stateOf(path, *session.runId()), std::string("stopped"));
    }

    void pausesBetweenTwoSteps()
    {
        ProjectSession project;
        test::openAndLoad(project, test::makeProject(folder(), "paused", 8));
        TrainSession session(project, plan(1'000'000'000));
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QTRY_VERIFY(session.done() > 0);
        session.pause();
        QCOMPARE(session.state(), Session::State::paused);
        QSignalSpy progressed(&session, &Session::progressed);
        while (progressed.wait(5 * Pulse::interval)) // the step that was under way, then nothing
            QVERIFY(progressed.size() < 5);
        const std::int64_t held = session.done();
        session.resume();
        QTRY_VERIFY(session.done() > held);
        session.pause();
        session.stop(); // a paused run can be stopped
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::stopped);
    }

    void estimatesBeforeItStarts()
    {
        ProjectSession project;
        test::openAndLoad(project, test::makeProject(folder(), "estimate", 8));
        EstimateSession session(project, plan(10));
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::finished);
        QCOMPARE(session.estimate()->steps, 10);
        QCOMPARE(session.estimate()->seconds, 6.0);
        QVERIFY(project.view().runs.empty());
    }

    void failureIsRecorded()
    {
        ProjectSession project;
        const std::string path = test::makeProject(folder(), "failed", 8);
        test::openAndLoad(project, path);
        TrainSession session(project, plan(10, "scratch:fails"));
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::failed);
        QCOMPARE(session.error()->code, std::string("train.diverged"));
        QVERIFY(!session.outcome());
        QCOMPARE(stateOf(path, *session.runId()), std::string("failed"));
    }

    void noSplitNoRun()
    {
        ProjectSession project;
        test::openAndLoad(project, test::makeProject(folder(), "unsplit", 8));
        TrainPlan wrong = plan(10);
        wrong.trainSplit = "tomorrow";
        TrainSession session(project, wrong);
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.error()->code, std::string("train.no_clips"));
        QVERIFY(project.view().runs.empty());
    }

    void outlivesItsProject()
    {
        const std::string path = test::makeProject(folder(), "closed", 8);
        const std::string other = test::makeProject(folder(), "other", 8);
        ProjectSession project;
        test::openAndLoad(project, path);
        TrainSession session(project, plan(1'000'000'000));
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QTRY_VERIFY(session.done() > 0);
        test::openAndLoad(project, other);
        session.stop();
        QVERIFY(ended.wait());
        QCOMPARE(stateOf(path, *session.runId()), std::string("stopped"));
        QVERIFY(Project::open(other, Access::read).value().runs().value().empty());
    }

    void destructorStopsAPausedRun()
    {
        ProjectSession project;
        const std::string path = test::makeProject(folder(), "destroyed", 8);
        test::openAndLoad(project, path);
        auto session = std::make_unique<TrainSession>(project, plan(1'000'000'000));
        session->start();
        QTRY_VERIFY(session->done() > 0);
        const std::int64_t run = *session->runId();
        session->pause();
        session.reset();
        QCOMPARE(stateOf(path, run), std::string("stopped"));
    }

    void aRunWithoutAProcessIsStopped()
    {
        const std::string path = test::makeProject(folder(), "lost", 8);
        std::int64_t lost = 0;
        std::optional<RunRecord> going; // as if another process held it: locks are of the open file
        {
            Project project = Project::open(path, Access::write).value();
            lost = project.addRun({.name = "lost", .folder = folder() + "/lost-runs/1", .state = "running"}).value();
            going = RunRecord::begin(project, {.out = folder() + "/lost-runs/2"}).value();
        }
        ProjectSession session;
        test::openAndLoad(session, path);
        QCOMPARE(stateOf(path, lost), std::string("stopped"));
        QCOMPARE(stateOf(path, going->id()), std::string("running"));
    }

    void twoRunsInOneFolder()
    {
        const std::string path = test::makeProject(folder(), "twice", 8);
        ProjectSession project;
        test::openAndLoad(project, path);
        std::optional<RunRecord> going;
        project.edit([&](Project& open) -> Result<ProjectSession::Touched> {
            going = RunRecord::begin(open, {.out = folder() + "/twice-runs/7"}).value();
            return ProjectSession::Touched{.runs = true};
        });
        TrainPlan same = plan(10);
        same.out = folder() + "/twice-runs/7";
        TrainSession session(project, same);
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.error()->code, std::string("project.locked"));
    }
};

QTEST_GUILESS_MAIN(TrainSessionTest)
#include "tst_train_session.moc"
