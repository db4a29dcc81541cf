// Regions: pulled by edge, corner and body, snapped, stacked.
#include <QTest>

#include <cmath>
#include <numbers>

#include "ui/models/region_edit.h"

using namespace earmark;

namespace
{

constexpr RegionLimits limits{.duration = 10, .top = 8000, .shortest = 0.01, .narrowest = 50};

Region region(double start, double end) { return {.id = 1, .start = start, .end = end}; }

} // namespace

class RegionEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edges()
    {
        const NewRegion at{.start = 2, .end = 4, .labels = {"a"}};
        QCOMPARE(pulled(at, {.start = true}, 0.5, 0, limits).start, 2.5);
        QCOMPARE(pulled(at, {.start = true}, 5, 0, limits).start, 3.99);
        QCOMPARE(pulled(at, {.start = true}, -5, 0, limits).start, 0.0);
        QCOMPARE(pulled(at, {.end = true}, 1, 0, limits).end, 5.0);
        QCOMPARE(pulled(at, {.end = true}, -9, 0, limits).end, 2.01);
        QCOMPARE(pulled(at, {.end = true}, 99, 0, limits).end, 10.0);
        QCOMPARE(pulled(at, {.end = true}, 99, 0, limits).labels, at.labels);
    }

    void body()
    {
        const NewRegion at{.start = 2, .end = 4, .low = 100, .high = 300};
        const NewRegion right = pulled(at, {.body = true}, 3, 200, limits);
        QCOMPARE(right.start, 5.0);
        QCOMPARE(right.end, 7.0);
        QCOMPARE(*right.low, 300.0);
        QCOMPARE(*right.high, 500.0);
        const NewRegion corner = pulled(at, {.body = true}, 99, -9999, limits);
        QCOMPARE(corner.start, 8.0);
        QCOMPARE(corner.end, 10.0);
        QCOMPARE(*corner.low, 0.0);
        QCOMPARE(*corner.high, 200.0);
    }

    void frequencies()
    {
        const NewRegion at{.start = 2, .end = 4, .low = 100, .high = 300};
        const NewRegion lower = pulled(at, {.end = true, .low = true}, 1, 500, limits);
        QCOMPARE(lower.end, 5.0);
        QCOMPARE(*lower.low, 250.0);
        QCOMPARE(*pulled(at, {.high = true}, 0, 99999, limits).high, 8000.0);
        QVERIFY(!pulled(NewRegion{.start = 1, .end = 2}, {.high = true}, 0, 100, limits).high);
    }

    void spans()
    {
        const auto drawn = spanned(4, 1, 300.0, 100.0, limits);
        QVERIFY(drawn.has_value());
        QCOMPARE(drawn->start, 1.0);
        QCOMPARE(drawn->end, 4.0);
        QCOMPARE(*drawn->low, 100.0);
        QCOMPARE(*drawn->high, 300.0);
        QVERIFY(!spanned(1, 2, std::nullopt, 100.0, limits)->low);
        QVERIFY(!spanned(1, 1.001, {}, {}, limits));
        QVERIFY(!spanned(11, 12, {}, {}, limits));
        QCOMPARE(spanned(-1, 20, {}, {}, limits)->end, 10.0);
    }

    void snaps()
    {
        const SnapTargets targets{.times = {1.0, 3.02}, .gridStep = 0.5};
        QCOMPARE(snapped(1.04, targets, 0.05), 1.0);
        QCOMPARE(snapped(1.2, targets, 0.05), 1.2);
        QCOMPARE(snapped(2.96, targets, 0.05), 3.0);
        QCOMPARE(snapped(3.015, targets, 0.05), 3.02);
        QCOMPARE(snapped(1.04, SnapTargets{}, 0.05), 1.04);
    }

    void bodySnapsByTheNearerEdge()
    {
        const SnapTargets targets{.times = {1.0, 3.0}};
        const NewRegion moved = snapped(NewRegion{.start = 1.04, .end = 2.98}, {.body = true}, targets, 0.05, limits);
        QCOMPARE(moved.end, 3.0);
        QCOMPARE(moved.start, 1.06);
        const NewRegion edge = snapped(NewRegion{.start = 1.04, .end = 2.98}, {.start = true}, targets, 0.05, limits);
        QCOMPARE(edge.start, 1.0);
        QCOMPARE(edge.end, 2.98);
    }

    void crossings()
    {
        std::vector<float> sine;
        for (int i = 0; i < 1000; ++i)
            sine.push_back(static_cast<float>(std::sin(2 * std::numbers::pi * (i + 0.25) * 100 / 8000)));
        const auto crossing = zeroCrossing(sine, 2.0, 8000, 2.0521); // every 5 ms, less a quarter of a sample
        QVERIFY(crossing.has_value());
        QVERIFY(std::abs(*crossing - (2.05 - 0.25 / 8000)) < 1e-6);
        QVERIFY(!zeroCrossing(std::vector<float>(100, 0.5f), 0, 8000, 0));
        QVERIFY(!zeroCrossing(std::vector<float>(100, 0.0f), 0, 8000, 0));
    }

    void lanes()
    {
        const std::vector<Region> regions = {region(0, 4), region(1, 2), region(1.5, 3), region(2, 5), region(6, 7)};
        const RegionLanes lanes = stacked(regions);
        QCOMPARE(lanes.of, (std::vector<int>{0, 1, 2, 1, 0}));
        QCOMPARE(lanes.lanes, 3);
        QCOMPARE(stacked({}).lanes, 0);
    }
};

QTEST_GUILESS_MAIN(RegionEditTest)
#include "tst_region_edit.moc"
