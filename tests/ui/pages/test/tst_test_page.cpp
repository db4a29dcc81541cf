// A run's report at once, clicks that lead to clips, labels corrected on the spot, a test on clips from outside, the map, saved reports, empty states.
#include <QComboBox>
#include <QPushButton>
#include <QSlider>
#include <QTabWidget>

#include "tests/ui/pages/test/test_page_case.h"
#include "ui/pages/test/map_view.h"
#include "ui/pages/test/test_bar.h"
#include "ui/plots/embedding_map.h"
#include "ui/plots/reliability_plot.h"
#include "ui/widgets/confusion_matrix.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class TestPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("EARMARK_MODULE_DIR", EARMARK_SCRIPTED_MODULE_DIR);
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
        QLocale::setDefault(QLocale::c());
    }

    void showsTheReportOfARun()
    {
        test::TestPageCase at;
        QCOMPARE(at.text("testAccuracy"), "66.7 %");
        QCOMPARE(at.text("testInterval"), "39.1 % to 86.2 %");
        QCOMPARE(at.text("testChance"), "33.3 %");
        QCOMPARE(at.text("testClips"), "12");
        QCOMPARE(test::child<QComboBox>(at.page, "testModel")->currentText(), QString("first"));
        QCOMPARE(test::child<QComboBox>(at.page, "testList")->currentText(), QString("Wrong and sure of it"));
        QCOMPARE(at.cell(0, 0), QString("1.wav")); // the wrong label is the most suspicious
        QCOMPARE(at.cell(0, 3), QString("97.0 %"));
    }

    void aCellLeadsToItsClips()
    {
        test::TestPageCase at;
        auto* matrix = test::child<ConfusionMatrix>(at.page, "confusionMatrix");
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({1, 2}).center().toPoint());
        QCOMPARE(at.table().model()->rowCount(), 1);
        QCOMPARE(at.cell(0, 0), QString("5.wav"));
        QCOMPARE(at.workspace.currentClip(), std::optional(at.project.ids[4])); // Space plays it, a key corrects it
        QTest::keyClick(matrix, Qt::Key_Up); // a taken for c: none
        QTest::keyClick(matrix, Qt::Key_Left);
        QCOMPARE(matrix->current(), (ConfusionMatrix::Cell{0, 1}));
        QCOMPARE(at.cell(0, 0), QString("1.wav"));
        QVERIFY(matrix->cellText({0, 1}).contains("25.0 %"));
        QCOMPARE(at.workspace.currentClip(), std::optional(at.project.ids[0]));
        QSignalSpy shown(&at.workspace, &Workspace::clipsShown);
        at.click("testShowInData");
        QCOMPARE(shown.size(), 1);
        QCOMPARE(shown[0][0].value<std::vector<ClipId>>(), std::vector<ClipId>{at.project.ids[0]});
    }

    void aKeyCorrectsALabel()
    {
        test::TestPageCase at;
        at.workspace.settings().setAdvance(false);
        at.table().setFocus();
        at.workspace.setCurrentClip(at.project.ids[3]); // by another page: not what is looked at here
        QTest::keyClick(&at.table(), Qt::Key_3);
        QTest::mouseClick(at.table().viewport(), Qt::LeftButton, {}, at.table().visualRect(at.table().model()->index(0, 0)).center());
        QCOMPARE(at.workspace.currentClip(), std::optional(at.project.ids[0]));
        QTest::keyClick(&at.table(), Qt::Key_2);
        QTRY_COMPARE(at.text("testAccuracy"), "75.0 %"); // counted anew without the model
        QCOMPARE(at.cell(0, 1), QString("b"));
        QVERIFY(at.text("testRemarks").contains("1 label"));
        at.workspace.project().undo();
        QTRY_COMPARE(at.text("testAccuracy"), "66.7 %");
    }

    void labelsAndConfidence()
    {
        test::TestPageCase at;
        at.openTab(1);
        auto* labels = test::child<QTableView>(at.page, "testLabels");
        labels->sortByColumn(3, Qt::DescendingOrder);
        QCOMPARE(labels->model()->index(0, 3).data().toString(), QString("75.0 %"));
        labels->selectRow(0);
        QCOMPARE(at.table().model()->rowCount(), 4);
        at.openTab(2);
        test::child<QSlider>(at.page, "threshold")->setValue(45);
        QCOMPARE(at.text("thresholdConsequence"), QString("75.0 % of the clips keep an answer, and 88.9 % of those answers are right."));
        at.click("showBelow");
        QCOMPARE(at.table().model()->rowCount(), 3);
        auto* plot = test::child<ReliabilityPlot>(at.page, "reliabilityPlot");
        plot->setFocus();
        QTest::keyClick(plot, Qt::Key_Left); // the surest bin
        QCOMPARE(at.table().model()->rowCount(), 1);
    }

    void testsAgainAndOnAnotherFolder()
    {
        test::TestPageCase at;
        at.click("testStart");
        QTRY_VERIFY(at.page.test().session() == nullptr);
        QTRY_COMPARE(at.text("testAccuracy"), "33.3 %"); // the stand-in says "a" of all; it does not know c
        QTRY_VERIFY(at.text("testRemarks").contains(QString::fromUtf8("“c”")));

        test::writeToneCorpus(at.project.folder.filePath("other"), 2, 3);
        QDir(at.project.folder.filePath("other")).rename("tone-0", "A");
        at.page.bar().useOutside(at.folder() + "/other");
        QVERIFY(at.page.test().result() == nullptr);
        QCOMPARE(at.text("testEmptyTitle"), QString("Not tested yet"));
        at.click("testEmptyButton");
        QTRY_VERIFY(at.page.test().result() != nullptr);
        QCOMPARE(at.text("testAccuracy"), "50.0 %"); // "A" is the model's "a"; "tone-1" is unknown to it
        QVERIFY(at.text("testRemarks").contains("tone-1"));
        at.table().selectRow(0);
        QVERIFY(at.workspace.transport().clip().has_value());
        QVERIFY(!at.workspace.currentClip());
        at.page.test().setData({.name = "test"}); // what is known comes back at once
        QTRY_VERIFY(at.page.test().result() != nullptr);
    }

    void theMap()
    {
        test::TestPageCase at;
        at.openTab(3);
        at.click("makeMap");
        auto* map = test::child<EmbeddingMap>(at.page, "embeddingMap");
        QTRY_VERIFY(map->isVisible());
        QTRY_VERIFY(map->width() > 100);
        QTest::qWait(50);
        const QPoint place = map->pixelOf(5).toPoint();
        QTest::mouseClick(map->childAt(place), Qt::LeftButton, {}, place);
        QCOMPARE(at.workspace.currentClip(), std::optional(at.project.ids[5]));
    }

    void savesReports()
    {
        test::TestPageCase at;
        QSignalSpy saved(&at.page, &TestPage::saved);
        const QString page = at.project.folder.filePath("report.html"), pdf = at.project.folder.filePath("report.pdf"), csv = at.project.folder.filePath("clips.csv");
        at.page.save(page, "html");
        at.page.save(pdf, "pdf");
        at.page.save(csv, "csv");
        QTRY_COMPARE(saved.size(), 3);
        const auto bytes = [](const QString& path) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(bytes(page).contains("data:image/png;base64,"));
        QVERIFY(bytes(page).contains("66.7 %"));
        QVERIFY(!bytes(page).contains("http"));
        QVERIFY(bytes(pdf).startsWith("%PDF"));
        QCOMPARE(bytes(csv).count('\n'), 13);
        QSignalSpy errors(&at.workspace, &Workspace::errorReported);
        at.page.save("/nonexistent/report.html", "html");
        QVERIFY(errors.wait());
    }

    /// A report is white, whatever the window is.
    void picturesAreForPaper()
    {
        test::TestPageCase at;
        Theme::instance().apply(Theme::Choice::dark);
        const auto isLight = [](const QImage& picture) { return !picture.isNull() && picture.pixelColor(1, 1).lightness() > 220; };
        auto* matrix = at.page.findChild<ConfusionMatrix*>();
        QVERIFY(isLight(matrix->picture()));
        QVERIFY(isLight(at.page.findChild<ReliabilityPlot*>()->picture()));
        QVERIFY(isLight(at.page.findChild<EmbeddingMap*>()->picture()));
        QVERIFY(Theme::instance().isDark());
        QVERIFY(matrix->palette().color(QPalette::Text).lightness() > 128);
        Theme::instance().apply(Theme::Choice::light);
        QVERIFY(matrix->palette().color(QPalette::Text).lightness() < 128);
    }

    void emptyStates()
    {
        Workspace workspace;
        TestPage page(workspace);
        page.show();
        QCOMPARE(test::child<QLabel>(page, "testEmptyTitle")->text(), QString("There is no model to test yet"));
        QSignalSpy asked(&workspace, &Workspace::pageAsked);
        QTest::mouseClick(test::child<QPushButton>(page, "testEmptyButton"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        page.bar().useModelFolder("/models/one");
        QCOMPARE(test::child<QLabel>(page, "testEmptyTitle")->text(), QString("On which clips?"));
    }
};

QTEST_MAIN(TestPageTest)
#include "tst_test_page.moc"
