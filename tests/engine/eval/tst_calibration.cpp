// Reliability, temperature and threshold, on numbers small enough to do by hand.
#include <QTest>

#include <cmath>

#include "engine/eval/calibration.h"
#include "engine/eval/threshold.h"

using namespace earmark;

namespace
{

bool near(double a, double b, double tolerance = 1e-6) { return std::abs(a - b) < tolerance; }

/// Three of four right, each with the scores 0.9 and 0.1.
std::vector<ReportedClip> tooSure()
{
    std::vector<ReportedClip> clips;
    for (const int label : {0, 0, 0, 0, 0, 0, 1, 1})
        clips.push_back({.label = label, .prediction = 0, .scores = {0.9F, 0.1F}});
    return clips;
}

} // namespace

class CalibrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void binsAndExpectedError()
    {
        const std::vector<Judgement> judged = {{0.95, true}, {0.95, false}, {0.55, true}, {0.65, true}};
        const Reliability result = reliability(judged, 10);
        QCOMPARE(result.bins.size(), std::size_t(10));
        QCOMPARE(result.bins[9].clips, 2);
        QVERIFY(near(result.bins[9].confidence, 0.95));
        QVERIFY(near(result.bins[9].accuracy, 0.5));
        QCOMPARE(result.bins[0].clips, 0);
        QVERIFY(near(result.expectedError, 0.5 * 0.45 + 0.25 * 0.45 + 0.25 * 0.35));
    }

    void edgesOfBins()
    {
        QCOMPARE(reliabilityBin(0, 10), 0);
        QCOMPARE(reliabilityBin(0.1, 10), 0);
        QCOMPARE(reliabilityBin(0.101, 10), 1);
        QCOMPARE(reliabilityBin(1, 10), 9);
        QCOMPARE(reliability({}, 10).expectedError, 0.0);
    }

    void temperatureMakesConfidenceAccuracy() // sigmoid(ln 9 / T) = 3/4 where T = ln 9 / ln 3 = 2
    {
        const auto clips = tooSure();
        QVERIFY(near(fitTemperature(clips), 2, 1e-5));
        const std::vector<float> scores = withTemperature(clips[0].scores, 2);
        QVERIFY(near(scores[0], 0.75));
        QVERIFY(near(scores[1], 0.25));
        QVERIFY(near(reliability(judgements(clips)).expectedError, 0.15));
        const CalibratedJudgements after = calibrated(clips); // either half is three of four right as well
        QVERIFY(near(after.temperature, 2, 1e-5));
        QVERIFY(near(reliability(after.judgements).expectedError, 0, 1e-5));
    }

    void scoresOfZeroAndOneAreNoTrouble()
    {
        std::vector<ReportedClip> clips = {{.label = 1, .prediction = 0, .scores = {1, 0}}, {.label = 0, .prediction = 0, .scores = {1, 0}}};
        const double temperature = fitTemperature(clips);
        QVERIFY(std::isfinite(temperature) && temperature > 1);
        QVERIFY(near(withTemperature(std::vector<float>{1, 0}, 1)[0], 1));
    }

    void nothingToFitLeavesTheScores()
    {
        QCOMPARE(fitTemperature({}), 1.0);
        QCOMPARE(fitTemperature(std::vector<ReportedClip>{{.label = -1, .prediction = 0, .scores = {0.6F, 0.4F}}}), 1.0);
        QCOMPARE(judgements(std::vector<ReportedClip>{{.label = 0, .prediction = -1}})[0].confidence, 0.0);
        QVERIFY(calibrated({}).judgements.empty());
    }

    void thresholdTradesCoverageForAccuracy()
    {
        const std::vector<Judgement> judged = {{0.9, true}, {0.5, false}, {0.8, true}, {0.8, false}, {0.3, false}};
        const std::vector<ThresholdPoint> curve = thresholdCurve(judged);
        QCOMPARE(curve.size(), std::size_t(4));
        QCOMPARE(curve.back().kept, 5);
        QVERIFY(near(curve.back().accuracy, 0.4));
        const ThresholdPoint at = atThreshold(curve, 0.8);
        QCOMPARE(at.kept, 3);
        QVERIFY(near(at.coverage, 0.6));
        QVERIFY(near(at.accuracy, 2.0 / 3));
        QCOMPARE(atThreshold(curve, 0.95).kept, 0);
        QCOMPARE(atThreshold(curve, 0).kept, 5);
        QVERIFY(near(thresholdFor(curve, 0.6)->threshold, 0.8));
        QVERIFY(near(thresholdFor(curve, 0.99)->threshold, 0.9));
        QVERIFY(!thresholdFor(thresholdCurve(std::vector<Judgement>{{0.9, false}}), 0.5));
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "tst_calibration.moc"
