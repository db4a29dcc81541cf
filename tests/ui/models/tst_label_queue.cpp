// The queue: its orders and choices, that edits leave it as it is, and how one goes through it.
#include "tests/support/labelled_project.h"
#include "ui/models/label_queue.h"
#include "ui/models/undo_text.h"

using namespace earmark;

class LabelQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        project_ = std::make_unique<test::LabelledProject>(5);
        workspace_ = std::make_unique<Workspace>();
        project_->openIn(*workspace_);
    }

    void unlabelledFirst()
    {
        label(0, "rock");
        workspace_->project().setState({project_->ids[1]}, ClipState::skip);
        test::settle(*workspace_);
        LabelQueue queue(*workspace_);
        QCOMPARE(places(queue), (std::vector<int>{2, 3, 4, 0, 1}));
        QCOMPARE(queue.labelled(), 1);
        QVERIFY(!queue.isFinished());
    }

    void editsLeaveIt()
    {
        LabelQueue queue(*workspace_);
        queue.setWhich(LabelQueue::Which::unlabelled);
        queue.begin();
        label(0, "rock");
        QCOMPARE(places(queue), (std::vector<int>{0, 1, 2, 3, 4}));
        QCOMPARE(queue.labelled(), 1);
        QCOMPARE(queue.position(), std::optional(0));
        queue.renew();
        QCOMPARE(places(queue), (std::vector<int>{1, 2, 3, 4}));
        QCOMPARE(queue.position(), std::optional<int>());
        QVERIFY(queue.hasNext());
        queue.next(); // from a clip outside to the first
        QCOMPARE(queue.position(), std::optional(0));
    }

    void walks()
    {
        LabelQueue queue(*workspace_);
        QVERIFY(!queue.position());
        queue.next();
        QCOMPARE(queue.position(), std::optional(0));
        QVERIFY(!queue.hasPrevious());
        queue.next();
        queue.next();
        QCOMPARE(queue.position(), std::optional(2));
        queue.previous();
        QCOMPARE(queue.position(), std::optional(1));
        label(2, "rock");
        queue.nextUnlabelled();
        QCOMPARE(queue.position(), std::optional(3));
        queue.next();
        queue.nextUnlabelled(); // round the end
        QCOMPARE(queue.position(), std::optional(0));
    }

    void finishes()
    {
        LabelQueue queue(*workspace_);
        QSignalSpy progress(&queue, &LabelQueue::progressChanged);
        for (int clip = 0; clip < 4; ++clip)
            label(clip, "jazz");
        QVERIFY(!queue.isFinished());
        workspace_->project().setState({project_->ids[4]}, ClipState::skip);
        test::settle(*workspace_);
        QVERIFY(queue.isFinished());
        QCOMPARE(queue.labelled(), 4);
        QVERIFY(!progress.isEmpty());
    }

    void byPrediction()
    {
        label(0, "rock"); // contradicted, 0.6
        label(1, "rock"); // confirmed
        label(2, "rock"); // contradicted, 0.9
        workspace_->project().edit([ids = project_->ids](Project& project) -> Result<ProjectSession::Touched> {
            EARMARK_TRY(const auto run, project.addRun({.name = "r", .folder = "r", .base = "b", .labels = {"jazz", "rock"}, .state = "finished"}));
            const std::vector<Prediction> predictions = {{.clip = ids[0], .label = "jazz", .scores = {0.6f, 0.4f}},
                                                         {.clip = ids[1], .label = "rock", .scores = {0.3f, 0.7f}},
                                                         {.clip = ids[2], .label = "jazz", .scores = {0.9f, 0.1f}},
                                                         {.clip = ids[3], .label = "jazz", .scores = {0.55f, 0.45f}}};
            EARMARK_TRY_VOID(project.addPredictions(run, predictions));
            return ProjectSession::Touched{.runs = true};
        });
        test::settle(*workspace_);
        LabelQueue queue(*workspace_);
        queue.setOrder(LabelQueue::Order::mostSuspicious);
        workspace_->project().showRun(workspace_->view().runs.front().id);
        test::settle(*workspace_);
        QCOMPARE(places(queue), (std::vector<int>{2, 0, 1, 3, 4}));
        queue.setOrder(LabelQueue::Order::leastCertain);
        QCOMPARE(places(queue), (std::vector<int>{3, 0, 1, 2, 4}));
    }

    void choices()
    {
        workspace_->project().setState({project_->ids[3]}, ClipState::unsure);
        workspace_->project().setState({project_->ids[4]}, ClipState::excluded);
        workspace_->project().edit([ids = project_->ids](Project& project) -> Result<ProjectSession::Touched> {
            EARMARK_TRY_VOID(project.setSplits(std::vector<Split>{{.name = "test", .method = "by hand", .members = {{ids[1]}, {ids[2]}}}}));
            return ProjectSession::Touched{.splits = true};
        });
        test::settle(*workspace_);
        LabelQueue queue(*workspace_);
        queue.setOrder(LabelQueue::Order::table);
        QCOMPARE(places(queue), (std::vector<int>{0, 1, 2, 3}));
        queue.setWhich(LabelQueue::Which::unsure);
        QCOMPARE(places(queue), (std::vector<int>{3}));
        queue.setWhich(LabelQueue::Which::split, "test");
        QCOMPARE(places(queue), (std::vector<int>{1, 2}));
        queue.setWhich(LabelQueue::Which::all);
        queue.setOrder(LabelQueue::Order::random);
        auto all = places(queue);
        std::ranges::sort(all);
        QCOMPARE(all, (std::vector<int>{0, 1, 2, 3}));
    }

    void clipsComeAndGo()
    {
        LabelQueue queue(*workspace_);
        queue.setOrder(LabelQueue::Order::table);
        workspace_->project().removeClips({project_->ids[1]});
        test::settle(*workspace_);
        QCOMPARE(places(queue), (std::vector<int>{0, 2, 3, 4}));
        workspace_->project().undo();
        test::settle(*workspace_);
        QCOMPARE(places(queue), (std::vector<int>{0, 2, 3, 4, 1}));
        workspace_->project().close();
        QVERIFY(queue.clips().empty());
    }

    void undoIsNamed()
    {
        QCOMPARE(undoText("Label 1 clip"), "Label 1 clip");
        QCOMPARE(undoText("Label 3 clips"), "Label 3 clips");
        QCOMPARE(undoText("Something new"), "Something new");
    }

private:
    void label(int clip, const std::string& name)
    {
        workspace_->project().setLabels({project_->ids[static_cast<std::size_t>(clip)]}, {name});
        test::settle(*workspace_);
    }

    std::vector<int> places(const LabelQueue& queue) const
    {
        std::vector<int> result;
        for (const ClipId clip : queue.clips())
            result.push_back(static_cast<int>(std::ranges::find(project_->ids, clip) - project_->ids.begin()));
        return result;
    }

    std::unique_ptr<test::LabelledProject> project_;
    std::unique_ptr<Workspace> workspace_;
};

QTEST_GUILESS_MAIN(LabelQueueTest)
#include "tst_label_queue.moc"
