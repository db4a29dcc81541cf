#include "engine/eval/classification.h"

#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>

using namespace earmark;
using Json = nlohmann::ordered_json;

namespace
{

bool near(double a, double b) { return std::abs(a - b) < 1e-12; }

std::vector<ReportedClip> clipsOf(const std::vector<int>& labels, const std::vector<int>& predictions)
{
    std::vector<ReportedClip> clips;
    for (std::size_t i = 0; i < labels.size(); ++i)
        clips.push_back({.id = static_cast<std::int64_t>(i), .name = "clip", .label = labels[i], .prediction = predictions[i]});
    return clips;
}

/// Label 3 occurs among the predictions alone, label 4 nowhere.
ClassificationReport example()
{
    return classificationReport({"a", "b", "c", "d", "e"},
                                clipsOf({0, 0, 1, 1, 2, 2, 2, 0, 1, 2}, {0, 1, 1, 1, 2, 0, 2, 0, 3, 2}));
}

} // namespace

class ClassificationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresAreThoseOfScikitLearn() // accuracy_score, f1_score, confusion_matrix of scikit-learn 1.9 on the same rows
    {
        const ClassificationReport report = example();
        QCOMPARE(report.clips, 10);
        QVERIFY(near(report.accuracy, 0.7));
        QVERIFY(near(report.macroF1, 0.5476190476190476));
        QVERIFY(near(report.weightedF1, 0.7428571428571429));
        QVERIFY(near(report.perLabel[2].precision, 1));
        QVERIFY(near(report.perLabel[2].recall, 0.75));
        QVERIFY(near(report.perLabel[2].f1, 0.8571428571428571));
        QCOMPARE(report.perLabel[2].support, 4);
        QCOMPARE(report.confusion[0], (std::vector<std::int64_t>{2, 1, 0, 0, 0}));
        QCOMPARE(report.confusion[1], (std::vector<std::int64_t>{0, 2, 0, 1, 0}));
        QCOMPARE(report.confusion[2], (std::vector<std::int64_t>{1, 0, 3, 0, 0}));
    }

    void intervalIsWilsons() // scipy.stats.binomtest(k, n).proportion_ci(method="wilson")
    {
        QVERIFY(near(wilsonInterval(7, 10).low, 0.39677814746114526));
        QVERIFY(near(wilsonInterval(7, 10).high, 0.892208732593699));
        QVERIFY(near(wilsonInterval(0, 10).high, 0.27753279986288926));
        QCOMPARE(wilsonInterval(0, 10).low, 0.0);
        QVERIFY(near(wilsonInterval(10, 10).low, 0.7224672001371109));
        QCOMPARE(wilsonInterval(10, 10).high, 1.0);
        QVERIFY(near(wilsonInterval(470, 1000).low, 0.43923991460215));
        QCOMPARE(wilsonInterval(0, 0).high, 1.0);
    }

    void unknownLabelsCountAsWrong()
    {
        const ClassificationReport report = classificationReport({"a", "b"}, clipsOf({0, -1}, {0, 0}));
        QVERIFY(near(report.accuracy, 0.5));
        QVERIFY(near(report.perLabel[0].precision, 0.5));
        QCOMPARE(report.confusion[0][0], 1);
    }

    void nothingIsNoCrash()
    {
        const ClassificationReport report = classificationReport({}, {});
        QCOMPARE(report.accuracy, 0.0);
        QCOMPARE(report.macroF1, 0.0);
        QVERIFY(Json::parse(toJson(report, "test"))["per_clip"].empty());
    }

    void summaryHasTheContractsKeys()
    {
        const std::string text = summaryJson(example(), "test");
        QVERIFY(text.find('\n') == std::string::npos);
        const Json json = Json::parse(text);
        QStringList keys;
        for (const auto& [key, value] : json.items())
            keys.append(QString::fromStdString(key));
        QCOMPARE(keys, (QStringList{"split", "clips", "accuracy", "accuracy_interval", "macro_f1", "per_label"}));
        QCOMPARE(json["accuracy_interval"].size(), std::size_t{2});
        QCOMPARE(json["per_label"]["c"]["support"].get<int>(), 4);
    }

    void reportListsEachClip()
    {
        std::vector<ReportedClip> clips = clipsOf({0, -1}, {1, 1});
        clips[0].scores = {0.1F, 0.9F};
        clips[1].name = "caf\xE9.wav";
        const std::string text = toJson(classificationReport({"a", "b"}, clips), "test");
        QVERIFY(text.find("0.10000000149011612") == std::string::npos); // the shortest text that reads back the same float
        const Json json = Json::parse(text);
        const Json& first = json["per_clip"][0];
        QCOMPARE(first["label"].get<std::string>(), std::string("a"));
        QCOMPARE(first["prediction"].get<std::string>(), std::string("b"));
        QCOMPARE(first["scores"][0].get<float>(), 0.1F);
        QVERIFY(json["per_clip"][1]["label"].is_null());
        QCOMPARE(json["per_clip"][1]["file"].get<std::string>(), std::string("caf\xEF\xBF\xBD.wav"));
        QCOMPARE(json["confusion_matrix"].size(), std::size_t{2});
        QCOMPARE(json["labels"].size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(ClassificationTest)
#include "tst_classification.moc"
