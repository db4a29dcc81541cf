// Which stretch is shown: zoom and pan stay within the clip and within reason.
#include "ui/widgets/time_viewport.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

#include "ui/widgets/time_axis.h"

using namespace earmark;

class TimeViewportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void zoomsAroundAPlace()
    {
        TimeViewport viewport;
        viewport.reset(100);
        QVERIFY(viewport.isWhole());
        viewport.zoom(2, 25);
        QCOMPARE(viewport.start(), 12.5);
        QCOMPARE(viewport.end(), 62.5);
        viewport.zoom(1e9, 25);
        QVERIFY(qFuzzyCompare(viewport.length(), TimeViewport::shortest));
        QVERIFY(viewport.start() <= 25 && viewport.end() >= 25);
        viewport.zoom(1e-9, 25);
        QVERIFY(viewport.isWhole());
    }

    void fromTenMillisecondsToThreeHours()
    {
        TimeViewport viewport;
        viewport.reset(10800);
        const double place = 10799.9;
        for (int i = 0; i < 200; ++i)
            viewport.zoom(1.1, place);
        QVERIFY(std::abs(viewport.length() - TimeViewport::shortest) < 1e-9);
        QVERIFY(viewport.start() <= place && viewport.end() >= place);
        for (int i = 0; i < 200; ++i)
            viewport.zoom(1 / 1.1, place);
        QVERIFY(viewport.isWhole());
    }

    void staysWithinTheClip()
    {
        TimeViewport viewport;
        viewport.reset(10);
        viewport.show(2, 4);
        viewport.pan(-5);
        QCOMPARE(viewport.start(), 0.0);
        QCOMPARE(viewport.end(), 2.0);
        viewport.pan(50);
        QCOMPARE(viewport.start(), 8.0);
        viewport.show(-3, 40);
        QVERIFY(viewport.isWhole());
        viewport.show(std::numeric_limits<double>::quiet_NaN(), 1);
        QVERIFY(viewport.isWhole());
        viewport.reset(0);
        viewport.zoom(2, 0);
        QCOMPARE(viewport.length(), 0.0);
        viewport.reset(0.001); // shorter than what can be shown otherwise
        viewport.zoom(2, 0);
        QVERIFY(viewport.isWhole());
    }

    void turnsThePage()
    {
        TimeViewport viewport;
        viewport.reset(100);
        viewport.show(10, 20);
        viewport.reveal(15);
        QCOMPARE(viewport.start(), 10.0);
        viewport.reveal(20);
        QCOMPARE(viewport.start(), 19.5);
    }

    void aDurationThatIsFoundLater()
    {
        TimeViewport viewport;
        viewport.reset(0);
        viewport.setDuration(8);
        QCOMPARE(viewport.end(), 8.0);
        viewport.show(2, 3);
        viewport.setDuration(9);
        QCOMPARE(viewport.start(), 2.0);
        QCOMPARE(viewport.end(), 3.0);
    }

    void selects()
    {
        TimeViewport viewport;
        viewport.reset(10);
        QSignalSpy changed(&viewport, &TimeViewport::selectionChanged);
        viewport.select(TimeViewport::Range{5, -3});
        QCOMPARE(*viewport.selection(), (TimeViewport::Range{0, 5}));
        viewport.select(TimeViewport::Range{0, 5});
        QCOMPARE(changed.count(), 1);
        viewport.reset(4);
        QVERIFY(!viewport.selection());
    }

    void ticksAreRound_data()
    {
        QTest::addColumn<double>("wanted");
        QTest::addColumn<double>("step");
        const std::pair<double, double> steps[] = {{0.0007, 0.001}, {0.001, 0.001}, {0.003, 0.005}, {0.15, 0.2}, {0.9, 1}, {1, 1}, {1.1, 2}, {11, 15}, {70, 120}, {1000, 1800}, {5000, 7200}, {9000, 10800}};
        for (const auto& [wanted, step] : steps)
            QTest::addRow("%g", wanted) << wanted << step;
    }

    void ticksAreRound()
    {
        QFETCH(double, wanted);
        QTEST(tickStep(wanted), "step");
    }

    void tickTexts()
    {
        QCOMPARE(tickText(65, 5), QString("1:05"));
        QCOMPARE(tickText(3.25, 0.05), QString("0:03.25"));
        QCOMPARE(tickText(0.1, 0.1), QString("0:00.1"));
        QCOMPARE(tickText(10.0250001, 0.005), QString("0:10.025"));
        QCOMPARE(tickText(3720, 60), QString("1:02:00"));
    }
};

QTEST_GUILESS_MAIN(TimeViewportTest)
#include "tst_time_viewport.moc"
