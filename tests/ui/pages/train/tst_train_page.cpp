// The page Train over a module that computes nothing: choosing a base, settings and their errors, the estimate, a run watched, paused and stopped,
// earlier runs compared, renamed and deleted.
#include "ui/pages/train/train_page.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QSpinBox>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QWheelEvent>

#include "tests/bridge/small_project.h"
#include "tests/support/gui.h"
#include "ui/pages/train/run_panel.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class TrainPageTest : public QObject
{
    Q_OBJECT

    struct Case {
        explicit Case(const QString& base = "scratch:scripted")
        {
            workspace.settings().setValue("train/base", base.toUtf8());
            made = std::make_unique<TrainPage>(workspace);
            TrainPage& page = *made;
            page.resize(1200, 640);
            page.show();
            test::openAndLoad(workspace.project(), test::makeProject(folder.path().toStdString(), "p", 8));
            page.entered();
            if (!QTest::qWaitForWindowActive(&page))
                QTest::qFail("the page is not active", __FILE__, __LINE__);
            QTRY_VERIFY2(button("startTraining")->isEnabled(), qPrintable(text("whyNot") + '/' + text("chosenBase")));
        }

        template <class Widget> Widget* at(const QString& name) const { return test::child<Widget>(*made, name); }
        QAbstractButton* button(const QString& name) const { return at<QAbstractButton>(name); }
        void click(const QString& name) const { QTest::mouseClick(button(name), Qt::LeftButton); }
        QString text(const QString& name) const { return at<QLabel>(name)->text(); }
        const std::vector<Run>& runs() const { return workspace.view().runs; }
        QAbstractItemModel* table() const { return at<QTableView>("runsTable")->model(); }
        RunPanel* panel() const { return made->findChild<RunPanel*>(); }

        void type(const QString& setting, const QString& value) const
        {
            if (!at<QWidget>("allSettings")->property("checked").toBool())
                click("allSettings");
            QTRY_VERIFY(made->findChild<QWidget*>(setting));
            auto* field = at<QWidget>(setting);
            field->setFocus();
            if (auto* edit = qobject_cast<QLineEdit*>(field))
                edit->selectAll();
            else if (auto* box = qobject_cast<QSpinBox*>(field))
                box->selectAll();
            QTest::keyClicks(field, value);
            QTest::keyClick(field, Qt::Key_Tab);
        }
        void train(const QString& steps) const
        {
            type("max_steps", steps);
            const std::size_t before = runs().size();
            click("startTraining");
            QTRY_COMPARE(runs().size(), before + 1);
        }
        void trainToTheEnd(const QString& steps) const
        {
            train(steps);
            QTRY_VERIFY(!runs().empty() && runs().back().state == "finished");
            writeLog(runs().back());
        }
        /// What a real run leaves behind, so that the next one gets a folder of its own.
        void writeLog(const Run& run) const
        {
            QDir().mkpath(QString::fromStdString(run.folder));
            const auto write = [&](const QString& name, const QByteArray& bytes) {
                QFile file(QString::fromStdString(run.folder) + name);
                if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                    qFatal("cannot write");
            };
            write("/trainer_state.json", R"({"max_steps": 4, "best_global_step": 4, "log_history": [{"step": 2, "epoch": 1, "loss": 1.5, "grad_norm": 1,
                "learning_rate": 0.1}, {"step": 4, "epoch": 2, "loss": 0.5, "grad_norm": 1, "learning_rate": 0.1}]})");
            write("/run.json", "{}");
        }

        QTemporaryDir folder;
        mutable Workspace workspace;
        std::unique_ptr<TrainPage> made;
    };

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
        qputenv("EARMARK_MODULE_DIR", EARMARK_SCRIPTED_MODULE_DIR);
        qputenv("HF_HUB_CACHE", "/nonexistent");
    }

    void trainsAndSaysWhatCameOfIt()
    {
        Case at;
        at.trainToTheEnd("10");
        QCOMPARE(at.panel()->curves()->plot(Curve::trainingLoss)->pointCount(0), 5);
        QCOMPARE(at.panel()->curves()->plot(Curve::accuracy)->pointCount(0), 1);
        QTRY_VERIFY(at.text("runState").startsWith("Finished"));
        QTRY_COMPARE(at.workspace.view().shownRun, std::optional(at.runs().back().id)); // its row is selected
        QVERIFY(at.button("testRun")->isVisible());
        QVERIFY(!at.button("stopRun")->isVisible());
        QVERIFY(at.text("runResult").contains("%"));
        QVERIFY(at.button("remarksButton")->isVisible()); // folded
        QVERIFY(!at.at<QWidget>("remarks")->isVisible());
        at.click("remarksButton");
        QVERIFY(at.at<QWidget>("remarks")->isVisible());
        QSignalSpy asked(&at.workspace, &Workspace::pageAsked);
        at.click("testRun");
        QCOMPARE(asked.last().first().value<Workspace::PageId>(), Workspace::PageId::test);
        QTRY_COMPARE(at.workspace.view().shownRun, std::optional(at.runs().back().id));
        at.click("useRun");
        QCOMPARE(asked.last().first().value<Workspace::PageId>(), Workspace::PageId::predict);
    }

    void pausesWaitsAndStops()
    {
        Case at("scratch:slow");
        at.train("100000");
        QTRY_VERIFY(at.panel()->session()->done() > 0);
        at.click("pauseRun");
        QTRY_COMPARE(at.panel()->session()->state(), Session::State::paused);
        QTRY_VERIFY(at.text("runState").startsWith("Paused"));
        const auto first = at.panel()->session();
        at.click("startTraining"); // a second one waits behind it
        QTRY_VERIFY(at.text("runState").startsWith("Waiting"));
        QCOMPARE(at.panel()->session()->state(), Session::State::waiting);
        at.click("stopRun");
        QTRY_COMPARE(at.panel()->session()->state(), Session::State::stopped);
        first->resume();
        first->stop();
        QTRY_COMPARE(first->state(), Session::State::stopped);
        QTRY_COMPARE(at.runs().back().state, std::string("stopped"));
    }

    void aFailureOffersItsRemedy()
    {
        Case at("scratch:fails");
        QSignalSpy reported(&at.workspace, &Workspace::errorReported);
        at.train("10");
        QTRY_COMPARE(reported.size(), 1);
        const auto remedy = reported.first().at(1).value<std::optional<Workspace::Remedy>>();
        QVERIFY(remedy);
        const double before = at.at<QLineEdit>("learning_rate")->text().toDouble();
        remedy->act();
        QCOMPARE(at.at<QLineEdit>("learning_rate")->text().toDouble(), before / 10);
        QTRY_COMPARE(reported.size(), 2);
    }

    void estimatesAndMakesItFit()
    {
        Case at;
        at.click("estimate");
        QTRY_VERIFY(at.text("estimateText").contains("memory that are free"));
        QVERIFY(!at.button("estimateRemedy")->isVisible());
        at.made->entered(); // models are looked for again, clips counted again: the same ones
        QVERIFY(at.at<QLabel>("estimateText")->isVisible());
        at.type("per_device_train_batch_size", "16"); // what was measured no longer holds
        QVERIFY(!at.at<QLabel>("estimateText")->isVisible());
        at.click("estimate");
        QTRY_VERIFY(at.button("estimateRemedy")->isVisible());
        at.click("estimateRemedy");
        QCOMPARE(at.at<QSpinBox>("per_device_train_batch_size")->value(), 8);
        QCOMPARE(at.at<QSpinBox>("gradient_accumulation_steps")->value(), 2);
        QVERIFY(at.button("estimate")->isVisible());
    }

    void errorsAreToldBesideTheField()
    {
        Case at;
        QVERIFY(!at.at<QWidget>("error_learning_rate")->isVisible());
        at.type("learning_rate", "fast");
        QVERIFY(at.at<QWidget>("error_learning_rate")->isVisible());
        QVERIFY(at.at<QWidget>("learning_rate")->property("invalid").toBool());
        QVERIFY(!at.button("startTraining")->isEnabled());
        QVERIFY(at.text("whyNot").contains("Learning rate"));
        at.click("showWrong");
        QVERIFY(at.at<QWidget>("learning_rate")->hasFocus());
        at.click("reset_learning_rate");
        QVERIFY(at.button("startTraining")->isEnabled());
        QVERIFY(!at.at<QWidget>("error_learning_rate")->isVisible());
        at.type("learning_rate", "1e-4");
        QVERIFY(at.button("reset_learning_rate")->isVisible());
        at.click("resetAll");
        QVERIFY(!at.button("reset_learning_rate")->isVisible());
    }

    void numbersAreLearntFromClipsThatHaveThem()
    {
        Case at;
        at.click("allSettings");
        QTRY_VERIFY(at.made->findChild<QComboBox*>("problem_type"));
        auto* problem = at.at<QComboBox>("problem_type");
        problem->setFocus();
        while (problem->currentData() != "regression" && problem->currentIndex() + 1 < problem->count())
            QTest::keyClick(problem, Qt::Key_Down);
        QVERIFY(at.text("whyNot").contains("number"));
        QVERIFY(!at.button("startTraining")->isEnabled() && !at.at<QWidget>("learnRegions")->isEnabled());
        const std::string path = at.folder.filePath("numbers.earmark").toStdString();
        {
            Project project = Project::create(path).value();
            std::vector<NewClip> clips{test::quietClip("/a.wav", {}, "train"), test::quietClip("/b.wav", {}, "train"), test::quietClip("/c.wav", {"a"}, "train")};
            clips[0].numbers = clips[1].numbers = {{"height", 0.5}};
            QVERIFY(project.addClips(clips, Origin::import) && project.close());
        }
        test::openAndLoad(at.workspace.project(), path);
        QTRY_VERIFY2(at.button("startTraining")->isEnabled(), qPrintable(at.text("whyNot") + '/' + at.text("trainable")));
        QCOMPARE(at.text("trainable"), "2 clips to learn from; those without a number are left out");
        at.click("resetAll");
        QCOMPARE(at.text("trainable"), "1 clips to learn from; those without a label are left out");
    }

    void searchesAllSettings()
    {
        Case at;
        at.click("allSettings");
        QTRY_VERIFY(at.made->findChild<QWidget*>("report_to")); // the last of the table
        for (const Setting& setting : settings())
            QVERIFY2(at.made->findChild<QWidget*>(QString::fromUtf8(setting.key.data(), static_cast<qsizetype>(setting.key.size()))), setting.key.data());
        at.at<QLineEdit>("settingsSearch")->setText("specaugment masks");
        QVERIFY(at.at<QWidget>("setting_mask_time_prob")->isVisibleTo(at.made.get()));
        QVERIFY(!at.at<QWidget>("setting_weight_decay")->isVisibleTo(at.made.get()));
        at.at<QLineEdit>("settingsSearch")->setText("eval_batch_size"); // another spelling
        QVERIFY(at.at<QWidget>("setting_per_device_eval_batch_size")->isVisibleTo(at.made.get()));
    }

    void choosesABase()
    {
        Case at;
        at.click("chooseBase");
        auto* dialog = at.at<QDialog>("baseChooser");
        auto* list = test::child<QListView>(*dialog, "baseList");
        QTRY_COMPARE(list->model()->rowCount(), 3);
        list->setCurrentIndex(list->model()->index(2, 0));
        QTest::mouseClick(test::child<QAbstractButton>(*dialog, "useBase"), Qt::LeftButton);
        QCOMPARE(at.text("chosenBase"), QString("slow"));
        QCOMPARE(at.workspace.settings().value("train/base").toByteArray(), QByteArray("scratch:slow"));
    }

    void theWheelScrollsAndTurnsNothing()
    {
        Case at;
        at.made->resize(1000, 500);
        for (QWidget* field : at.made->findChildren<QWidget*>()) {
            auto* number = qobject_cast<QAbstractSpinBox*>(field);
            auto* choice = qobject_cast<QComboBox*>(field);
            if ((!number && !choice) || !field->isVisible())
                continue;
            const QString before = number ? number->text() : choice->currentText();
            const QPointF middle = QRectF(field->rect()).center();
            for (QWidget* target : {field, field->childAt(middle.toPoint())}) {
                if (!target)
                    continue;
                QWheelEvent turn(middle, field->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
                QApplication::sendEvent(target, &turn);
            }
            QVERIFY(!(field->focusPolicy() & Qt::WheelFocus & ~Qt::StrongFocus));
            QCOMPARE(number ? number->text() : choice->currentText(), before);
        }
    }

    void comparesTwoRuns()
    {
        Case at;
        at.trainToTheEnd("10");
        at.trainToTheEnd("4");
        QCOMPARE(at.table()->rowCount(), 2);
        for (int row = 0; row < 2; ++row)
            QVERIFY(at.table()->setData(at.table()->index(row, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(at.at<QWidget>("differences")->isVisible());
        QTRY_VERIFY(!at.panel()->session());
        QCOMPARE(at.panel()->curves()->plot(Curve::trainingLoss)->curveCount(), 2);
        QCOMPARE(at.panel()->curves()->plot(Curve::trainingLoss)->pointCount(1), 2);
        at.table()->setData(at.table()->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(!at.at<QWidget>("differences")->isVisible());
    }

    void showsCurvesOfAnEarlierRun()
    {
        Case at;
        at.trainToTheEnd("10");
        at.trainToTheEnd("4");
        at.workspace.queue().forget(at.workspace.queue().sessions().front().get()); // as after a restart
        auto* view = at.at<QTableView>("runsTable");
        QTRY_COMPARE(view->model()->rowCount(), 2);
        const QPoint place = view->visualRect(view->model()->index(1, 1)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
        QTRY_VERIFY(!at.panel()->session());
        QTRY_COMPARE(at.panel()->curves()->plot(Curve::trainingLoss)->pointCount(0), 2);
    }

    void comparesWhatIsTickedByClicks()
    {
        Case at;
        at.trainToTheEnd("4");
        at.trainToTheEnd("4");
        for (const auto& session : std::vector(at.workspace.queue().sessions()))
            at.workspace.queue().forget(session.get()); // as after a restart
        auto* view = at.at<QTableView>("runsTable");
        QTRY_COMPARE(view->model()->rowCount(), 2);
        for (const int row : {0, 1}) {
            const QModelIndex index = view->model()->index(row, 0);
            QStyleOptionViewItem option;
            option.initFrom(view);
            option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
            option.rect = view->visualRect(index);
            const QRect box = view->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, view);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, box.center());
            QTRY_COMPARE(index.data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Checked);
        }
        QTRY_VERIFY(at.panel()->isComparing());
    }

    void renamesInPlaceAndDeletes()
    {
        Case at;
        at.trainToTheEnd("4");
        QVERIFY(at.table()->setData(at.table()->index(0, 0), "a better name"));
        QTRY_COMPARE(at.runs().front().name, std::string("a better name"));
        auto* view = at.at<QTableView>("runsTable");
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(0, 1)).center());
        QTRY_VERIFY(at.button("deleteRun")->isEnabled());
        const QString folder = QString::fromStdString(at.runs().front().folder);
        at.click("deleteRun");
        QTRY_VERIFY(at.made->findChild<QMessageBox*>("confirmDelete"));
        auto* box = at.at<QMessageBox>("confirmDelete");
        QVERIFY(box->text().contains("a better name"));
        QVERIFY2(box->informativeText().contains("frees"), qPrintable(box->informativeText()));
        QTest::mouseClick(test::child<QAbstractButton>(*box, "confirmDeleteButton"), Qt::LeftButton);
        QTRY_VERIFY(at.runs().empty());
        QVERIFY(!QDir(folder).exists());
    }

    void fitsTheSmallestWindow()
    {
        Case at;
        QVERIFY2(at.made->minimumSizeHint().width() <= 1200, qPrintable(QString::number(at.made->minimumSizeHint().width())));
        QVERIFY2(at.made->minimumSizeHint().height() <= 520, qPrintable(QString::number(at.made->minimumSizeHint().height())));
    }
};

QTEST_MAIN(TrainPageTest)
#include "tst_train_page.moc"
