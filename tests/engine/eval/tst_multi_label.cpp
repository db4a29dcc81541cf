#include "engine/eval/multi_label.h"

#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>

using namespace earmark;
using Json = nlohmann::ordered_json;

namespace
{

bool near(double a, double b) { return std::abs(a - b) < 1e-12; }

/// Seven clips; scores that are equal, one that is a half, a label ("d") that no clip has.
MultiLabelReport example()
{
    return multiLabelReport({"a", "b", "c", "d"}, {{.id = 1, .name = "1.wav", .labels = {0}, .scores = {.9f, .2f, .1f, .3f}},
                                                   {.id = 2, .name = "2.wav", .labels = {0, 1}, .scores = {.4f, .8f, .3f, .6f}},
                                                   {.id = 3, .name = "3.wav", .labels = {1}, .scores = {.2f, .6f, .7f, .1f}},
                                                   {.id = 4, .name = "4.wav", .labels = {1, 2}, .scores = {.1f, .5f, .8f, .2f}},
                                                   {.id = 5, .name = "5.wav", .labels = {0, 2}, .scores = {.7f, .4f, .4f, .1f}},
                                                   {.id = 6, .name = "6.wav", .labels = {1}, .scores = {.6f, .8f, .1f, .4f}},
                                                   {.id = 7, .name = "7.wav", .labels = {0, 1, 2}, .scores = {.9f, .3f, .55f, .2f}}});
}

} // namespace

class MultiLabelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// accuracy_score, f1_score, precision_score, recall_score and average_precision_score of scikit-learn 1.9 on the same rows, zero_division=0.
    void figuresAreThoseOfScikitLearn()
    {
        const MultiLabelReport report = example();
        QCOMPARE(report.clips, 7);
        QVERIFY(near(report.accuracy, 2.0 / 7));
        QVERIFY(near(report.microF1, 0.75));
        QVERIFY(near(report.macroF1, 0.5763888888888888));
        const double precision[] = {0.75, 1, 2.0 / 3, 0}, recall[] = {0.75, 0.8, 2.0 / 3, 0}, average[] = {0.95, 0.9666666666666667, 0.8055555555555556};
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY(near(report.perLabel[i].counted.precision, precision[i]));
            QVERIFY(near(report.perLabel[i].counted.recall, recall[i]));
            if (i < 3)
                QVERIFY(near(*report.perLabel[i].averagePrecision, average[i]));
        }
        QVERIFY(!report.perLabel[3].averagePrecision);
        QVERIFY(near(*report.meanAveragePrecision, 0.9074074074074074)); // over the three labels that occur
        QCOMPARE(report.perLabel[1].counted.support, 5);
        QVERIFY(near(report.accuracyInterval.low, wilsonInterval(2, 7).low));
    }

    void equalScoresCountTogether() // whatever their order: one step of precision over recall
    {
        QVERIFY(near(*averagePrecision(std::vector{.5f, .5f, .5f, .5f}, {true, false, false, false}), 0.25));
        QVERIFY(near(*averagePrecision(std::vector{.5f, .5f, .5f, .5f}, {false, false, false, true}), 0.25));
        QVERIFY(!averagePrecision(std::vector{.5f, .1f}, {false, false}));
    }

    void anUnknownLabelIsWrong()
    {
        const auto report = multiLabelReport({"a"}, {{.labels = {0}, .unknown = {"z"}, .scores = {.9f}}, {.labels = {0}, .scores = {.9f}}});
        QCOMPARE(report.accuracy, 0.5);
        QCOMPARE(report.microF1, 1.0);
    }

    void reportHasItsKeys()
    {
        const Json json = Json::parse(toJson(example(), "test"));
        QStringList keys;
        for (const auto& [key, value] : json.items())
            keys.append(QString::fromStdString(key));
        QCOMPARE(keys, (QStringList{"split", "problem_type", "clips", "accuracy", "accuracy_interval", "micro_f1", "macro_f1", "map", "per_label", "labels",
                                    "per_clip"}));
        QVERIFY(json["per_label"]["d"]["average_precision"].is_null());
        QVERIFY(json["per_clip"][3]["labels"] == Json({"b", "c"}));
        QVERIFY(json["per_clip"][3]["predictions"] == Json({"b", "c"}));
        QVERIFY(json["per_clip"][0]["scores"][0] == Json(0.9));
        QVERIFY(!Json::parse(summaryJson(example(), "test")).contains("per_clip"));
    }

    void nothingGivesNoFigures()
    {
        const auto report = multiLabelReport({"a"}, {});
        QCOMPARE(report.clips, 0);
        QCOMPARE(report.microF1, 0.0);
        QVERIFY(!report.meanAveragePrecision);
    }
};

QTEST_APPLESS_MAIN(MultiLabelTest)
#include "tst_multi_label.moc"
