// From a project to a trained model and its answers: train, stop, go on, evaluate, classify, embed, outputs.
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <csignal>

#include "tests/support/cli.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

QStringList keysOf(const Json& object)
{
    QStringList keys;
    for (const auto& [key, value] : object.items())
        keys.append(QString::fromStdString(key));
    return keys;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<std::int16_t> tone(double frequency, double seconds)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * 16000));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(8000 * std::sin(2 * M_PI * frequency * static_cast<double>(i) / 16000));
    return samples;
}

} // namespace

class CliModelTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    QString base_;

    QString path(const QString& name) const { return folder_.filePath(name); }
    QString clip(int i) const { return path(QString("clips/low/%1.wav").arg(i)); }

    QStringList trainArguments(const QString& out, const QStringList& settings) const
    {
        return QStringList{"train", "--project", path("tones.earmark"), "--base", base_, "--out", out, "--json", "--quiet", "--set",
                           "per_device_train_batch_size=4", "logging_steps=2"} +
               settings;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 10; ++i)
            for (const char* label : {"low", "high"}) {
                const QString name = path(QString("clips/%1/%2.wav").arg(label).arg(i));
                QVERIFY(QDir().mkpath(QFileInfo(name).path()));
                writeBytes(name.toStdString(), wav16(tone((QByteArray(label) == "low" ? 300 : 3000) + 20 * i, 0.6)));
            }
        QCOMPARE(runCli({"import", path("clips"), "--project", path("tones.earmark")}).status, 0);
        QCOMPARE(runCli({"split", "--project", path("tones.earmark"), "--validation", "4", "--test", "4", "--stratify"}).status, 0);

        const CliResult models = runCli({"models", "--json"});
        QCOMPARE(models.status, 0);
        for (const Json& line : models.lines())
            if (line["kind"] == "preset" && line["family"] == "audio-spectrogram-transformer")
                base_ = QString::fromStdString(line["name"].get<std::string>());
        QVERIFY(base_.startsWith("scratch:"));
    }

    void trainTellsItsEvents()
    {
        const CliResult result = runCli(trainArguments(path("run"), {"max_steps=4", "eval_strategy=steps", "eval_steps=2", "save_steps=4"}));
        QVERIFY2(result.status == 0, result.err.constData());
        QStringList events;
        for (const Json& line : result.lines()) {
            const QString event = QString::fromStdString(line.value("event", ""));
            events.append(event);
            if (event == "step")
                QCOMPARE(keysOf(line), (QStringList{"event", "step", "epoch", "loss", "grad_norm", "learning_rate"}));
            if (event == "evaluate")
                QVERIFY(line["eval_loss"].is_number() && line["eval_accuracy"].is_number());
            if (event == "checkpoint")
                QVERIFY(QFile::exists(QString::fromStdString(line["path"].get<std::string>()) + "/model.safetensors"));
            if (event == "finished")
                QCOMPARE(keysOf(line), (QStringList{"event", "best_step", "seconds", "samples_per_second"}));
        }
        QCOMPARE(events, (QStringList{"step", "evaluate", "step", "evaluate", "checkpoint", "finished"}));
        for (const char* name : {"config.json", "model.safetensors", "preprocessor_config.json", "README.md", "run.json", "trainer_state.json",
                                 "report.json"})
            QVERIFY2(QFile::exists(path("run/") + name), name);
        QCOMPARE(runCli(trainArguments(path("run"), {})).errorCode(), std::string("usage.out_exists"));

        const Json project = runCli({"show", path("tones.earmark"), "--json"}).lines().front();
        QCOMPARE(project["runs"].size(), std::size_t{1});
        QCOMPARE(project["runs"][0]["state"].get<std::string>(), std::string("finished"));
        QCOMPARE(project["runs"][0]["name"].get<std::string>(), std::string("run"));
    }

    void evaluatePrintsTheContractsSummary()
    {
        const CliResult result = runCli({"evaluate", "--model", path("run"), "--project", path("tones.earmark"), "--out", path("report.json"), "--json"});
        QVERIFY2(result.status == 0, result.err.constData());
        const Json summary = result.lines().front();
        QCOMPARE(keysOf(summary), (QStringList{"split", "clips", "accuracy", "accuracy_interval", "macro_f1", "per_label"}));
        QCOMPARE(summary["split"].get<std::string>(), std::string("test"));
        QCOMPARE(summary["clips"].get<int>(), 4);
        const Json report = Json::parse(contents(path("report.json")).toStdString());
        QCOMPARE(report["per_clip"].size(), std::size_t{4});
        QCOMPARE(report["accuracy"].get<double>(), summary["accuracy"].get<double>());
        QCOMPARE(contents(path("report.json")), contents(path("run/report.json"))); // what the run said of itself at its end
    }

    /// Some clips are longer than max_length_seconds: what is heard of them decides.
    void evaluateHearsAsItsRun_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char* rule : {"whole", "truncate", "windows"})
            QTest::newRow(rule) << QString(rule);
    }
    void evaluateHearsAsItsRun()
    {
        QFETCH(QString, rule);
        const QString run = path("hears " + rule);
        const CliResult trained = runCli(trainArguments(run, {"max_steps=2", "save_steps=2", "max_length_seconds=0.25", "eval_length=" + rule}));
        QVERIFY2(trained.status == 0, trained.err.constData());
        const auto evaluated = [&](const QString& model, const QStringList& further) {
            const QString out = path("heard.json");
            const CliResult result =
                runCli(QStringList{"evaluate", "--model", model, "--project", path("tones.earmark"), "--out", out, "--overwrite"} + further);
            if (result.status != 0)
                qWarning("%s", result.err.constData());
            return contents(out);
        };
        const QByteArray own = contents(run + "/report.json");
        QVERIFY(!own.isEmpty());
        QCOMPARE(evaluated(run, {}), own);
        QCOMPARE(evaluated(run + "/checkpoint-2/", {}), own);
        QCOMPARE(evaluated(run, {"--eval-length", rule, "--max-length-seconds", "0.25"}), own);
        QVERIFY(evaluated(run, {"--eval-length", rule == "whole" ? "windows" : "whole"}) != own);
        if (rule != "whole")
            QVERIFY(evaluated(run, {"--max-length-seconds", "0.3"}) != own);
        // No silence is added to a clip that is shorter than a window: in training there was none.
        const Json whole = Json::parse(evaluated(run, {"--eval-length", "whole"}).toStdString());
        const Json window = Json::parse(evaluated(run, {"--eval-length", "windows", "--max-length-seconds", "4"}).toStdString());
        QCOMPARE(window["per_clip"].size(), whole["per_clip"].size());
        for (std::size_t i = 0; i < whole["per_clip"].size(); ++i)
            for (std::size_t k = 0; k < 2; ++k)
                QVERIFY(std::abs(window["per_clip"][i]["scores"][k].get<double>() - whole["per_clip"][i]["scores"][k].get<double>()) < 1e-5);
    }

    void classifyGoesOnAfterABadFile()
    {
        const CliResult result =
            runCli({"classify", "--model", path("run"), clip(0), path("none.wav"), clip(1), "--json", "--top-k", "1", "--csv", path("table.csv")});
        QCOMPARE(result.status, 3);
        QCOMPARE(result.errorCode(), std::string("io.not_found"));
        const std::vector<Json> lines = result.lines();
        QCOMPARE(lines.size(), std::size_t{2});
        QCOMPARE(keysOf(lines[0]), (QStringList{"file", "scores"}));
        QCOMPARE(QString::fromStdString(lines[1]["file"].get<std::string>()), clip(1));
        QCOMPARE(lines[0]["scores"].size(), std::size_t{1});
        QCOMPARE(keysOf(lines[0]["scores"][0]), (QStringList{"label", "score"}));
        QFile table(path("table.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QList<QByteArray> rows = table.readAll().trimmed().split('\n');
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0], QByteArray("file,start,end,label,score"));
        QVERIFY(rows[1].endsWith(lines[0]["scores"][0]["score"].dump().c_str()));
    }

    void eachResultIsAsIfAlone()
    {
        QStringList files;
        for (int i = 0; i < 5; ++i)
            files.append(clip(i));
        const auto together = runCli(QStringList{"classify", "--model", path("run"), "--json", "--batch-size", "5"} + files).lines();
        QCOMPARE(together.size(), static_cast<std::size_t>(files.size()));
        for (int i = 0; i < files.size(); ++i) {
            const Json alone = runCli({"classify", "--model", path("run"), "--json", files[i]}).lines().front();
            QVERIFY(alone["file"] == together[static_cast<std::size_t>(i)]["file"]);
            for (std::size_t k = 0; k < 2; ++k) { // a product of matrices rounds by its shape
                const Json& other = together[static_cast<std::size_t>(i)]["scores"][k];
                QVERIFY(alone["scores"][k]["label"] == other["label"]);
                QVERIFY(std::abs(alone["scores"][k]["score"].get<double>() - other["score"].get<double>()) < 1e-6);
            }
        }
    }

    void windowsCoverTheFile()
    {
        const CliResult result = runCli({"classify", "--model", path("run"), clip(0), "--json", "--window", "0.25", "--hop", "0.2"});
        QVERIFY2(result.status == 0, result.err.constData());
        const Json windows = result.lines().front()["windows"];
        QCOMPARE(windows[0]["start"].get<double>(), 0.0);
        QCOMPARE(windows[1]["start"].get<double>(), 0.2);
        QCOMPARE(windows[0]["end"].get<double>(), 0.25);
        QCOMPARE(windows.back()["end"].get<double>(), 0.6);
        QCOMPARE(windows[0]["scores"].size(), std::size_t{2});
        QCOMPARE(result.err, QByteArray());
    }

    void embedWritesAMatrix()
    {
        const CliResult result = runCli({"embed", "--model", path("run"), clip(0), clip(1), clip(2), "--out", path("x.npy"), "--json"});
        QVERIFY2(result.status == 0, result.err.constData());
        const int columns = result.lines().front()["shape"][1].get<int>();
        QFile file(path("x.npy"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith(QByteArray("\x93NUMPY\x01\x00", 8)));
        const QByteArray shape = QString("'shape': (3, %1)").arg(columns).toUtf8();
        QVERIFY2(bytes.contains("'descr': '<f4'") && bytes.contains("'fortran_order': False") && bytes.contains(shape), shape.constData());
        const auto header = 10 + static_cast<unsigned char>(bytes[8]) + 256 * static_cast<unsigned char>(bytes[9]);
        QCOMPARE(header % 64, 0);
        QCOMPARE(bytes.size(), static_cast<qsizetype>(header + 3 * columns * 4));
    }

    void outputsNamesItsTensors()
    {
        const CliResult result = runCli({"outputs", "--model", path("run"), clip(0), clip(1), "--labels", "1,0", "--hidden-states", "--out",
                                         path("o.safetensors"), "--json"});
        QVERIFY2(result.status == 0, result.err.constData());
        const Json tensors = result.lines().front()["tensors"];
        QVERIFY(tensors["logits"] == Json({2, 2}));
        QVERIFY(tensors["loss"] == Json::array());
        QVERIFY(tensors.contains("hidden_states.0") && tensors.contains("input_values"));
        QVERIFY(QFile::exists(path("o.safetensors")));
    }

    void showDescribesTheModel()
    {
        const Json model = runCli({"show", path("run"), "--json"}).lines().front();
        QCOMPARE(model["kind"].get<std::string>(), std::string("model"));
        QCOMPARE(model["architecture"].get<std::string>(), std::string("ASTForAudioClassification"));
        QVERIFY(model["labels"] == Json({"high", "low"}));
        QVERIFY(model["parameters"].get<int>() > 1000 && model["newly_made"].empty());
    }

    void aSignalEndsTheRunCleanlyAndItGoesOn()
    {
        QProcess process;
        process.setProcessEnvironment(cliEnvironment({}));
        process.start(cliPath(), trainArguments(path("stopped"), {"max_steps=100000"}));
        QVERIFY(process.waitForReadyRead(30000)); // the first step is told
        process.terminate();
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.exitCode(), 130);
        const CliResult stopped{.out = process.readAllStandardOutput()};
        const Json last = stopped.lines().back();
        QCOMPARE(last["event"].get<std::string>(), std::string("stopped"));
        const int step = last["step"].get<int>();
        QVERIFY(QFile::exists(path(QString("stopped/checkpoint-%1/model.safetensors").arg(step))));

        // The run knows its base and settings; only its end is new.
        const CliResult on = runCli({"train", "--project", path("tones.earmark"), "--out", path("stopped"), "--resume", "--json", "--quiet", "--set",
                                     QString("max_steps=%1").arg(step + 2)});
        QVERIFY2(on.status == 0, on.err.constData());
        QCOMPARE(on.lines().back()["event"].get<std::string>(), std::string("finished"));
        const Json runs = runCli({"show", path("tones.earmark"), "--json"}).lines().front()["runs"];
        QCOMPARE(std::ranges::count(runs, "stopped", [](const Json& run) { return run["name"].get<std::string>(); }), 1); // noted once
        QCOMPARE(runs.back()["name"].get<std::string>(), std::string("stopped"));
        QCOMPARE(runs.back()["state"].get<std::string>(), std::string("finished"));
    }

    void badModelsAreSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        const QString project = path("tones.earmark");
        QTest::newRow("no preset") << QStringList{"train", "--project", project, "--base", "scratch:none", "--out", path("bad")} << "model.not_found";
        QTest::newRow("no model") << QStringList{"classify", "--model", path("clips"), clip(0)} << "model.not_found";
        QTest::newRow("no device") << QStringList{"classify", "--model", path("run"), clip(0), "--device", "cuda:99"} << "compute.no_device";
    }
    void badModelsAreSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, code);
        const CliResult result = runCli(arguments + QStringList{"--json"});
        QCOMPARE(QString::fromStdString(result.errorCode()), code);
        QCOMPARE(result.status, 3);
    }
};

QTEST_GUILESS_MAIN(CliModelTest)
#include "tst_cli_model.moc"
