// A run's log, score and checkpoints, read back from its folder.
#include "engine/dataset/run_history.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace earmark;

class RunHistoryTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    static QByteArray log(int lastStep)
    {
        return QByteArray(R"({"best_global_step": 4, "best_metric": 0.75, "max_steps": 8, "log_history": [
            {"epoch": 0.5, "grad_norm": 2.5, "learning_rate": 1e-5, "loss": 1.5, "step": 2},
            {"epoch": 1.0, "eval_accuracy": 0.75, "eval_loss": 1.25, "eval_note": "text", "step": 4},
            {"epoch": 1.0, "grad_norm": null, "learning_rate": 1e-5, "loss": 1.0, "step": )") +
               QByteArray::number(lastStep) + R"(}, 7, {"train_runtime": 3.0, "step": 8}]})";
    }
    void write(const QString& name, const QByteArray& bytes) const
    {
        const QString path = folder_.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
    }
    std::string folder(const QString& name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void parses()
    {
        const RunHistory history = parseRunHistory(log(5).toStdString()).value();
        QCOMPARE(history.steps.size(), std::size_t(2));
        QCOMPARE(history.steps[0].step, 2);
        QCOMPARE(history.steps[0].loss, 1.5);
        QCOMPARE(history.steps[0].gradientNorm, 2.5);
        QVERIFY(std::isnan(history.steps[1].gradientNorm)); // JSON has no number for it
        QCOMPARE(history.totalSteps, 8);
        QCOMPARE(history.bestStep, 4);
        QCOMPARE(history.bestMetric.value(), 0.75);
        QCOMPARE(history.evaluations.size(), std::size_t(1));
        QCOMPARE(history.evaluations[0].metrics, (std::vector<std::pair<std::string, double>>{{"eval_accuracy", 0.75}, {"eval_loss", 1.25}}));
    }

    void refusesOtherText()
    {
        for (const char* text : {"", "[]", "{}", R"({"log_history": 3})"})
            QCOMPARE(parseRunHistory(text).error().code, std::string("io.unreadable"));
        QVERIFY(!parseRunHistory(std::string(100000, '[')));
    }

    void takesTheLastCheckpointWhereTheRunHasNotEnded()
    {
        write("going/checkpoint-9/trainer_state.json", log(5));
        write("going/checkpoint-10/trainer_state.json", log(7));
        write("going/checkpoint-old/trainer_state.json", log(6));
        QCOMPARE(readRunHistory(folder("going")).value().steps.back().step, 7);
        write("going/trainer_state.json", log(8));
        QCOMPARE(readRunHistory(folder("going")).value().steps.back().step, 8);
        QVERIFY(!readRunHistory(folder("nowhere")));
    }

    void tellsWhetherItCanGoOn()
    {
        write("model-only/checkpoint-3/model.safetensors", "x");
        QVERIFY(!canResume(folder("model-only")));
        write("stopped/checkpoint-3/resume.json", "{}");
        QVERIFY(canResume(folder("stopped")));
        QVERIFY(!canResume(folder("nowhere")));
    }

    void scores()
    {
        const RunScore score = scoreOf(R"({"accuracy": 0.9, "clips": 40, "split": "test", "accuracy_interval": [0.8, 0.95]})").value();
        QCOMPARE(score.accuracy, 0.9);
        QCOMPARE(score.clips, 40);
        QCOMPARE(score.interval.low, 0.8);
        QCOMPARE(score.interval.high, 0.95);
        QVERIFY(!scoreOf(""));
        QVERIFY(!scoreOf(R"({"clips": 3})"));
        QCOMPARE(scoreOf(R"({"accuracy": 0.5, "accuracy_interval": 3})").value().interval.high, 0.5);
    }
};

QTEST_GUILESS_MAIN(RunHistoryTest)
#include "tst_run_history.moc"
