#include "engine/eval/regression.h"

#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>

using namespace earmark;
using Json = nlohmann::ordered_json;

namespace
{

bool near(double a, double b) { return std::abs(a - b) < 1e-12; }

RegressionReport example()
{
    return regressionReport({"valence", "arousal"}, {{.id = 1, .name = "1.wav", .targets = {1.5, -2}, .predictions = {1.25f, -1}},
                                                     {.id = 2, .name = "2.wav", .targets = {0.25, 3}, .predictions = {0.5f, 2}},
                                                     {.id = 3, .name = "3.wav", .targets = {2, 0.5}, .predictions = {1.75f, 1}},
                                                     {.id = 4, .name = "4.wav", .targets = {-1, 1}, .predictions = {0, 0.5f}},
                                                     {.id = 5, .name = "5.wav", .targets = {0.5, -0.75}, .predictions = {1, -1.5f}}});
}

RegressionReport ofOne(std::vector<double> targets, std::vector<float> predictions)
{
    std::vector<RegressionClip> clips;
    for (std::size_t i = 0; i < targets.size(); ++i)
        clips.push_back({.targets = {targets[i]}, .predictions = {predictions[i]}});
    return regressionReport({"x"}, std::move(clips));
}

} // namespace

class RegressionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// mean_squared_error, mean_absolute_error and r2_score of scikit-learn 1.9 and numpy.corrcoef on the same rows.
    void figuresAreThoseOfScikitLearn()
    {
        const RegressionReport report = example();
        QCOMPARE(report.clips, 5);
        QVERIFY(near(report.mse, 0.45));
        QVERIFY(near(report.mae, 0.6));
        QVERIFY(near(*report.r2, 0.7602847590127924));
        QVERIFY(near(*report.pearson, (0.9750242889058018 + 0.9003959807279125) / 2));
        QVERIFY(near(report.perTarget[0].mse, 0.2875));
        QVERIFY(near(report.perTarget[1].mae, 0.75));
        QVERIFY(near(*report.perTarget[0].r2, 0.7362385321100917));
        QVERIFY(near(*report.perTarget[1].r2, 0.784330985915493));
        QVERIFY(near(*report.perTarget[1].pearson, 0.9003959807279125));
    }

    void whatNeverChangesHasNoCorrelation() // r2_score: 1 where it is met, else 0
    {
        QCOMPARE(*ofOne({1, 1}, {1, 1}).r2, 1.0);
        QCOMPARE(*ofOne({1, 1}, {1, 2}).r2, 0.0);
        QVERIFY(!ofOne({1, 1}, {1, 2}).pearson);
        QVERIFY(!ofOne({1, 2}, {3, 3}).pearson);
        QVERIFY(!ofOne({1}, {1}).r2);
        QVERIFY(!ofOne({}, {}).r2);
    }

    void reportHasItsKeys()
    {
        const Json json = Json::parse(toJson(example(), "test"));
        QStringList keys;
        for (const auto& [key, value] : json.items())
            keys.append(QString::fromStdString(key));
        QCOMPARE(keys, (QStringList{"split", "problem_type", "clips", "mse", "mae", "r2", "pearson", "per_target", "labels", "per_clip"}));
        QVERIFY(json["per_clip"][1]["targets"] == Json({0.25, 3.0}));
        QVERIFY(json["per_clip"][1]["predictions"] == Json({0.5, 2.0}));
        const Json one = Json::parse(summaryJson(ofOne({1}, {1}), "test"));
        QVERIFY(one["r2"].is_null() && one["per_target"]["x"]["pearson"].is_null() && !one.contains("per_clip"));
    }
};

QTEST_APPLESS_MAIN(RegressionTest)
#include "tst_regression.moc"
