// The table of clips as a model: filters, orders, many rows without a pause, edits that keep what is shown.
#include <QAbstractItemModelTester>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/models/clip_table_model.h"
#include "ui/models/label_balance.h"

using namespace earmark;

class ClipTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void init()
    {
        project_ = std::make_unique<test::LabelledProject>(12);
        workspace_ = std::make_unique<Workspace>();
        model_ = std::make_unique<ClipTableModel>(*workspace_);
        tester_ = std::make_unique<QAbstractItemModelTester>(model_.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        project_->openIn(*workspace_);
        QTRY_COMPARE(model_->rowCount(), 12);
    }

    void cleanup()
    {
        tester_.reset();
        model_.reset();
        workspace_.reset();
        project_.reset();
    }

    void sortsAsPeopleCount()
    {
        model_->sort(static_cast<int>(ClipColumn::name), Qt::AscendingOrder);
        QCOMPARE(names().join(' '), "1.wav 2.wav 3.wav 4.wav 5.wav 6.wav 7.wav 8.wav 9.wav 10.wav 11.wav 12.wav");
        model_->sort(static_cast<int>(ClipColumn::name), Qt::DescendingOrder);
        QCOMPARE(names().front(), "12.wav");
        model_->sort(-1, Qt::AscendingOrder);
        QCOMPARE(model_->clips(), project_->ids);
    }

    void emptyOnesComeLast()
    {
        label(3, "jazz");
        label(5, "rock");
        for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model_->sort(static_cast<int>(ClipColumn::label), order);
            const bool rising = order == Qt::AscendingOrder; // rock stands before jazz in the label set
            QCOMPARE(model_->clips()[0], project_->ids[rising ? 5 : 3]);
            QCOMPARE(model_->clips()[1], project_->ids[rising ? 3 : 5]);
        }
    }

    void filters()
    {
        label(3, "jazz");
        label(5, "rock");
        QCOMPARE(shown({.text = "1"}), 4);
        QCOMPARE(shown({.text = "JAZ 4"}), 1);
        QCOMPARE(shown({.label = 0}), 10);
        QCOMPARE(shown({.label = workspace_->view().labelNamed("rock")->id}), 1);
        workspace_->project().setState({project_->ids[0], project_->ids[1]}, ClipState::unsure);
        test::settle(*workspace_);
        QCOMPARE(shown({.mark = ClipFilter::Mark::unsure}), 2);
        QCOMPARE(shown({.listed = std::vector{project_->ids[7], project_->ids[2]}}), 2);
        QCOMPARE(shown({.split = "train"}), 0);
        QCOMPARE(shown({}), 12);
    }

    void predictionsAgreeOrNot()
    {
        label(0, "rock");
        label(1, "rock");
        workspace_->project().edit([ids = project_->ids](Project& file) -> Result<Touched> {
            EARMARK_TRY(const auto run, file.addRun({.name = "first", .folder = "r", .base = "b", .labels = {"jazz", "rock"}, .state = "finished"}));
            const std::vector<Prediction> said{{.clip = ids[0], .label = "rock", .scores = {0.2f, 0.8f}}, {.clip = ids[1], .label = "jazz", .scores = {0.9f, 0.1f}}};
            EARMARK_TRY_VOID(file.addPredictions(run, said));
            return Touched{.runs = true};
        });
        test::settle(*workspace_);
        workspace_->project().showRun(workspace_->view().runs.front().id);
        QTRY_VERIFY(workspace_->view().shownRun.has_value());
        QCOMPARE(shown({.opinion = ClipFilter::Opinion::agree}), 1);
        QCOMPARE(shown({.opinion = ClipFilter::Opinion::disagree}), 1);
        QCOMPARE(model_->clips().front(), project_->ids[1]);
        QCOMPARE(model_->index(0, static_cast<int>(ClipColumn::prediction)).data().toString(), "jazz");
        QCOMPARE(model_->index(0, static_cast<int>(ClipColumn::confidence)).data().toString(), "90.0 %");
    }

    void leavesTheFilterWithoutReset()
    {
        QCOMPARE(shown({.label = 0}), 12);
        QSignalSpy resets(model_.get(), &QAbstractItemModel::modelReset);
        QSignalSpy removed(model_.get(), &QAbstractItemModel::rowsRemoved);
        const QPersistentModelIndex after = model_->index(5, 0);
        label(4, "rock");
        QTRY_COMPARE(model_->rowCount(), 11);
        QCOMPARE(after.row(), 4);
        workspace_->project().undo();
        QTRY_COMPARE(model_->rowCount(), 12);
        QCOMPARE(after.row(), 5);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(removed.size(), 1);
    }

    void removedClipsGo()
    {
        workspace_->project().removeClips({project_->ids[2], project_->ids[3]});
        QTRY_COMPARE(model_->rowCount(), 10);
        QCOMPARE(model_->index(2, static_cast<int>(ClipColumn::name)).data().toString(), "5.wav");
        workspace_->project().close();
        QCOMPARE(model_->rowCount(), 0);
    }

    void balanceCounts()
    {
        LabelBalance balance(*workspace_);
        const QAbstractItemModelTester tester(&balance, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(balance.rowCount(), 5);
        label(1, "jazz");
        label(2, "jazz");
        QTRY_COMPARE(balance.entries()[3].clips, 2);
        QCOMPARE(balance.entries()[1].clips, 10);
        QCOMPARE(balance.index(3).data().toString(), "jazz");
        QCOMPARE(balance.labelAt(1), std::optional<std::int64_t>(0));
        QCOMPARE(balance.positionOf(balance.labelAt(3)), 3);
    }

    void manyRowsInTheBackground()
    {
        std::vector<NewClip> more;
        for (int i = 0; i < 20'000; ++i)
            more.push_back({.audio = {.source = {.path = "/nowhere/clip " + std::to_string(i) + ".wav"}}, .facts = {.hash = "h" + std::to_string(i), .sampleRate = 8000, .channels = 1, .duration = 1}});
        workspace_->project().edit([more](Project& file) -> Result<Touched> {
            EARMARK_TRY(auto ids, file.addClips(more, Origin::import));
            return Touched{.clips = std::move(ids)};
        });
        QTRY_COMPARE_WITH_TIMEOUT(model_->rowCount(), 20'012, 20'000);
        model_->setFilter({.text = "clip 1999"});
        model_->sort(static_cast<int>(ClipColumn::name), Qt::DescendingOrder);
        QVERIFY(model_->isBusy());
        QTRY_VERIFY(!model_->isBusy());
        QCOMPARE(model_->rowCount(), 12);
        QCOMPARE(model_->index(0, static_cast<int>(ClipColumn::name)).data().toString(), "clip 19999.wav");
        model_->setFilter({.text = "clip 7"});
        model_->setFilter({}); // the wish before is forgotten
        QTRY_COMPARE(model_->rowCount(), 20'012);
    }

private:
    QStringList names() const
    {
        QStringList found;
        for (int i = 0; i < model_->rowCount(); ++i)
            found << model_->index(i, static_cast<int>(ClipColumn::name)).data().toString();
        return found;
    }
    int shown(ClipFilter filter)
    {
        model_->setFilter(std::move(filter));
        return model_->rowCount();
    }
    void label(int clip, const std::string& label)
    {
        workspace_->project().setLabels({project_->ids[static_cast<std::size_t>(clip)]}, {label});
        test::settle(*workspace_);
    }

    std::unique_ptr<test::LabelledProject> project_;
    std::unique_ptr<Workspace> workspace_;
    std::unique_ptr<ClipTableModel> model_;
    std::unique_ptr<QAbstractItemModelTester> tester_;
};

QTEST_MAIN(ClipTableModelTest)
#include "tst_clip_table_model.moc"
