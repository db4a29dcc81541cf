// Curves that grow while they are shown, what stands under the mouse, and how seldom they are painted.
#include "ui/plots/curve_plot.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>

#include <algorithm>

#include "tests/support/gui.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

/// Counts how often the plot inside is painted.
class PaintCounter : public QObject
{
public:
    int count = 0;
    bool eventFilter(QObject*, QEvent* event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

} // namespace

class CurvePlotTest : public QObject
{
    Q_OBJECT

    static std::vector<QPointF> falling(int first, int count)
    {
        std::vector<QPointF> points;
        for (int i = first; i < first + count; ++i)
            points.emplace_back(i, 1.0 / i);
        return points;
    }
    static bool tells(const CurvePlot& plot, const QString& words)
    {
        const auto labels = plot.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(words); });
    }
    /// QCustomPlot, by which the mouse is met.
    static QWidget* inside(CurvePlot& plot)
    {
        for (QWidget* child : plot.findChildren<QWidget*>())
            if (child->inherits("QCustomPlot"))
                return child;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void tellsValuesUnderTheMouse()
    {
        CurvePlot plot("Loss");
        plot.resize(480, 240);
        const int training = plot.addCurve("Training", 0), validation = plot.addCurve("Validation", 1);
        plot.setPoints(training, std::vector<QPointF>{{0, 1}, {50, 0.5}, {100, 0.25}});
        plot.append(validation, std::vector<QPointF>{{100, 0.75}});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QCOMPARE(plot.valuesAt(40), QString("Training 0.5   Validation 0.75"));
        QSignalSpy hovered(&plot, &CurvePlot::hovered);
        QWidget* canvas = inside(plot);
        QTRY_VERIFY(tells(plot, "<b>0.75</b>")); // it is painted
        QTest::mouseMove(canvas, {canvas->width() - 20, canvas->height() / 2});
        QTRY_VERIFY(!hovered.isEmpty());
        QCOMPARE(hovered.last().first().value<std::optional<double>>(), std::optional(100.0));
        plot.showCursor(50);
        QVERIFY(tells(plot, "<b>0.5</b>"));
    }

    void growsAndSmooths()
    {
        CurvePlot plot("Loss");
        const int curve = plot.addCurve("Training", 0);
        plot.append(curve, falling(1, 100));
        plot.setSmoothing(0.9);
        plot.append(curve, falling(101, 100));
        QCOMPARE(plot.pointCount(curve), 200);
        QCOMPARE(plot.valuesAt(200), QString("Training 0.005")); // the value, not the smoothed one
        plot.clearCurves();
        QCOMPARE(plot.curveCount(), 0);
    }

    void logarithmicOnlyWhereItCanBe()
    {
        CurvePlot plot("Loss");
        plot.resize(480, 240);
        const int curve = plot.addCurve("Training", 0);
        plot.setLogarithmic(true);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        for (const std::vector<QPointF>& points : {falling(1, 50), std::vector<QPointF>{{0, 0}, {1, -1}}, std::vector<QPointF>()}) {
            plot.setPoints(curve, points);
            PaintCounter paints;
            inside(plot)->installEventFilter(&paints);
            QTRY_VERIFY(paints.count > 0); // no warning, no endless search for ticks
        }
    }

    void paintsAtMostTenTimesASecond()
    {
        CurvePlot plot("Loss");
        plot.resize(480, 240);
        const int curve = plot.addCurve("Training", 0);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        PaintCounter paints;
        inside(plot)->installEventFilter(&paints);
        QElapsedTimer clock;
        clock.start();
        for (int i = 1; clock.elapsed() < 600; ++i) {
            plot.append(curve, falling(i, 1));
            QCoreApplication::processEvents();
        }
        QVERIFY2(paints.count >= 2 && paints.count <= 1 + clock.elapsed() / 100 + 1, qPrintable(QString::number(paints.count)));
    }

    void manyPointsStayQuick()
    {
        CurvePlot plot("Loss");
        plot.resize(480, 240);
        const int curve = plot.addCurve("Training", 0);
        plot.setPoints(curve, falling(1, 100000));
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        PaintCounter paints;
        inside(plot)->installEventFilter(&paints);
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 5; ++i) {
            paints.count = 0;
            plot.append(curve, falling(100001 + i, 1));
            plot.valuesAt(5000);
            QTRY_VERIFY(paints.count > 0);
        }
        qInfo("%lld ms for five paintings of 100,000 points, 500 ms of them waited", static_cast<long long>(clock.elapsed()));
        QVERIFY(clock.elapsed() < 2000);
    }
};

QTEST_MAIN(CurvePlotTest)
#include "tst_curve_plot.moc"
