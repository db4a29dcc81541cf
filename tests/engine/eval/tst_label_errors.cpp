#include <QTest>

#include <cmath>

#include "engine/eval/label_errors.h"
#include "engine/eval/label_match.h"

using namespace earmark;

namespace
{

ReportedClip clip(int label, std::vector<float> scores)
{
    const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
    return {.label = label, .prediction = static_cast<int>(best), .scores = std::move(scores)};
}

} // namespace

class LabelErrorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void confidentJointFindsTheWrongLabel()
    {
        // Thresholds by hand: (0.9 + 0.8 + 0.1) / 3 = 0.6 and (0.7 + 0.6 + 0.45) / 3 = 0.5833….
        const std::vector<ReportedClip> clips = {clip(0, {0.9F, 0.1F}), clip(0, {0.8F, 0.2F}), clip(0, {0.1F, 0.9F}),
                                                 clip(1, {0.3F, 0.7F}), clip(1, {0.4F, 0.6F}), clip(1, {0.55F, 0.45F})};
        const std::vector<double> thresholds = confidentThresholds(clips, 2);
        QVERIFY(std::abs(thresholds[0] - 0.6) < 1e-6);
        QVERIFY(std::abs(thresholds[1] - 1.75 / 3) < 1e-6);

        const std::vector<SuspiciousLabel> suspects = suspiciousLabels(clips, 2);
        QCOMPARE(suspects.size(), std::size_t(2));
        QCOMPARE(suspects[0].clip, std::size_t(2));
        QVERIFY(suspects[0].confident);
        QCOMPARE(suspects[0].suggested, 1);
        QVERIFY(std::abs(suspects[0].quality - 0.1) < 1e-6); // (0.1 − 0.9 + 1) / 2
        QCOMPARE(suspects[1].clip, std::size_t(5)); // wrong, and not sure enough of it to blame the label: 0.55 < 0.6
        QVERIFY(!suspects[1].confident);
    }

    void confidentThoughRight() // right by a hair; the other label is above its own low threshold, its own below its high one
    {
        const std::vector<ReportedClip> clips = {clip(0, {0.99F, 0.01F}), clip(0, {0.51F, 0.49F}), clip(1, {0.7F, 0.3F})};
        const std::vector<SuspiciousLabel> suspects = suspiciousLabels(clips, 2, LabelQuality::selfConfidence);
        QCOMPARE(suspects.size(), std::size_t(2));
        QCOMPARE(suspects[1].clip, std::size_t(1));
        QVERIFY(suspects[1].confident);
        QVERIFY(std::abs(suspects[1].quality - 0.51) < 1e-6);
    }

    void strangersSayNothing()
    {
        QVERIFY(suspiciousLabels(std::vector<ReportedClip>{clip(-1, {0.1F, 0.9F})}, 2).empty());
        QVERIFY(suspiciousLabels(std::vector<ReportedClip>{{.label = 0, .prediction = 1}}, 2).empty());
        QVERIFY(suspiciousLabels(std::vector<ReportedClip>{clip(0, {1.0F})}, 1).empty());
    }

    void namesAreMatched()
    {
        const std::vector<std::string> model = {"rock", "Hip Hop", "a-b", "A b", "x"};
        QCOMPARE(matchLabels({"rock", "Rock", "hip_hop", "ab", "a-b", "y"}, model), (std::vector<int>{0, 0, 1, -1, 2, -1}));
        QVERIFY(matchLabels({}, {}).empty());
    }
};

QTEST_GUILESS_MAIN(LabelErrorsTest)
#include "tst_label_errors.moc"
