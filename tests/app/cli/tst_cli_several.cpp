// Several labels a clip and numbers, from a table to a trained model and its answers.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "tests/support/cli.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

std::vector<std::int16_t> tones(bool low, bool high)
{
    std::vector<std::int16_t> samples(9600);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double angle = 2 * M_PI * static_cast<double>(i) / 16000;
        samples[i] = static_cast<std::int16_t>((low ? 8000 * std::sin(300 * angle) : 0) + (high ? 8000 * std::sin(3000 * angle) : 0));
    }
    return samples;
}

} // namespace

class CliSeveralTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    CliResult train(const QString& out, const QStringList& settings) const
    {
        return runCli(QStringList{"train", "--project", path("p.earmark"), "--base", "scratch:ast-tiny", "--out", out, "--json", "--quiet", "--set",
                                  "per_device_train_batch_size=4", "max_steps=2", "eval_strategy=steps", "eval_steps=2", "save_strategy=no"} +
                      settings);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile table(path("clips.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("file,label,tones,height,split\n");
        for (int i = 0; i < 12; ++i) {
            const bool low = i % 3 != 1, high = i % 3 != 0;
            const QString name = QString("%1.wav").arg(i);
            writeBytes(path(name).toStdString(), wav16(tones(low, high)));
            const QString labels = low && high ? "low|high" : low ? "low" : "high";
            table.write(QString("%1,%2,%3,\"%4\",%5\n").arg(name, labels).arg(low + high).arg(high ? "0,5" : "-0,5", i < 6 ? "train" : i < 8 ? "validation" : "test").toUtf8());
        }
        table.write("0.wav,low,many,0,train\n");
        table.close();
        const CliResult imported = runCli({"import", path("clips.csv"), "--project", path("p.earmark"), "--label-separator", "|", "--number-column", "tones",
                                           "--number-column", "height", "--json"});
        QVERIFY2(imported.status == 0, imported.err.constData());
        const Json report = imported.lines().front();
        QCOMPARE(report["added"].get<int>(), 12);
        QCOMPARE(report["broken"].size(), std::size_t{1});
        const std::string reason = report["broken"][0]["reason"].get<std::string>();
        QVERIFY2(reason.starts_with("Line 14 ") && reason.find("many") != std::string::npos, reason.c_str());
        const Json project = runCli({"show", path("p.earmark"), "--json"}).lines().front();
        QVERIFY(project["numbers"] == Json({{"height", 12}, {"tones", 12}}));
    }

    void severalLabels()
    {
        const CliResult trained = train(path("labels"), {"problem_type=multi_label_classification"});
        QVERIFY2(trained.status == 0, trained.err.constData());
        const CliResult evaluated = runCli({"evaluate", "--model", path("labels"), "--project", path("p.earmark"), "--out", path("labels.json"), "--json"});
        QVERIFY2(evaluated.status == 0, evaluated.err.constData());
        const Json summary = evaluated.lines().front();
        QCOMPARE(summary["problem_type"].get<std::string>(), std::string("multi_label_classification"));
        QCOMPARE(summary["clips"].get<int>(), 4);
        QVERIFY(summary["per_label"]["high"]["support"].get<int>() > 0 && summary["map"].is_number());
        QCOMPARE(contents("labels.json"), contents("labels/report.json"));
        QVERIFY(runCli({"evaluate", "--model", path("labels"), "--project", path("p.earmark")}).out.contains("micro F1"));
        const Json scores = runCli({"classify", "--model", path("labels"), path("2.wav"), "--json"}).lines().front()["scores"];
        const Json even = runCli({"classify", "--model", path("labels"), path("2.wav"), "--json", "--function", "sigmoid"}).lines().front()["scores"];
        QVERIFY(scores == even);
        QCOMPARE(runCli({"show", path("labels"), "--json"}).lines().front()["problem_type"].get<std::string>(), std::string("multi_label_classification"));
    }

    void numbers()
    {
        const CliResult trained = train(path("numbers"), {"problem_type=regression"});
        QVERIFY2(trained.status == 0, trained.err.constData());
        const CliResult evaluated = runCli({"evaluate", "--model", path("numbers"), "--project", path("p.earmark"), "--out", path("numbers.json"), "--json"});
        QVERIFY2(evaluated.status == 0, evaluated.err.constData());
        const Json summary = evaluated.lines().front();
        QCOMPARE(summary["problem_type"].get<std::string>(), std::string("regression"));
        QVERIFY(summary["mse"].is_number() && summary["per_target"].contains("tones"));
        QCOMPARE(contents("numbers.json"), contents("numbers/report.json"));
        QVERIFY(runCli({"evaluate", "--model", path("numbers"), "--project", path("p.earmark")}).out.contains("mean absolute error"));
        const Json scores = runCli({"classify", "--model", path("numbers"), path("2.wav"), "--json", "--top-k", "1", "--csv", path("numbers.csv")}).lines().front()["scores"];
        QCOMPARE(scores.size(), std::size_t{2}); // every number, in its order
        QCOMPARE(scores[0]["label"].get<std::string>(), std::string("height"));
        const Json report = Json::parse(contents("numbers.json").toStdString());
        QCOMPARE(contents("numbers.csv").trimmed().split('\n').size(), 3);
        const Json clip = runCli({"classify", "--model", path("numbers"), path("8.wav"), "--json"}).lines().front()["scores"];
        QVERIFY(std::abs(clip[1]["score"].get<double>() - report["per_clip"][0]["predictions"][1].get<double>()) < 1e-5);
    }

    void severalLabelsWithoutTheSettingAreRefused()
    {
        const CliResult trained = train(path("refused"), {});
        QCOMPARE(trained.errorCode(), std::string("train.bad_labels"));
        QVERIFY2(trained.err.contains("multi_label_classification"), trained.err.constData());
    }

private:
    QByteArray contents(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

QTEST_GUILESS_MAIN(CliSeveralTest)
#include "tst_cli_several.moc"
