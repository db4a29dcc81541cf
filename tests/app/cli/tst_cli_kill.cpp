// A run that is killed, at whatever moment, goes on from its last checkpoint to the same weights; the project file survives as well.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

#include "tests/support/cli.h"
#include "tests/support/corpus.h"

using namespace earmark::test;

namespace
{

/// Steps of the whole run; a checkpoint at every second one, so that half of all moments lie near a write.
constexpr int steps = 12;

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class KillTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    QByteArray wanted_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    QStringList trainArguments(const QString& run) const
    {
        return {"train",   "--project", path("p.earmark"), "--base",   "scratch:" + tinyPreset(), "--out",  path(run),  "--json",
                "--threads", "1",       "--set",           QString("max_steps=%1").arg(steps),
                "--set",   "per_device_train_batch_size=4", "--set",   "save_strategy=steps",     "--set",  "save_steps=2",
                "--set",   "logging_steps=1",              "--set",    "eval_strategy=no",        "--set",  "load_best_model_at_end=false"};
    }

    /// Starts the command and kills it when `due` says so: asked after every line of output and every millisecond.
    void killWhen(const QStringList& arguments, const std::function<bool(const QByteArray& out)>& due) const
    {
        QProcess process;
        process.setProcessEnvironment(cliEnvironment({}));
        process.start(cliPath(), arguments);
        QByteArray out;
        while (!process.waitForFinished(1)) {
            out += process.readAllStandardOutput();
            if (due(out)) {
                ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
                process.waitForFinished();
                return;
            }
        }
    }

    bool isWriting(const QString& run) const
    {
        QDirIterator parts(path(run), {"*.partial*"}, QDir::Dirs | QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        return parts.hasNext();
    }

    /// Every checkpoint there is holds all its files, whole enough to be read.
    void verifyCheckpoints(const QString& run) const
    {
        for (const QString& name : QDir(path(run)).entryList({"checkpoint-*"}, QDir::Dirs)) {
            if (name.contains(".partial"))
                continue;
            const QString folder = path(run) + "/" + name;
            for (const char* file : {"/config.json", "/model.safetensors", "/trainer_state.json"})
                QVERIFY2(QFile::exists(folder + file), qPrintable(folder + file));
            const CliResult shown = runCli({"show", folder, "--json"});
            QVERIFY2(shown.status == 0, shown.err);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(folder_.isValid());
        writeToneCorpus(path("audio"), 4, 6);
        QCOMPARE(runCli({"import", path("audio"), "--project", path("p.earmark")}).status, 0);
        QCOMPARE(runCli({"split", "--project", path("p.earmark"), "--validation", "0", "--test", "0.25"}).status, 0);
        const CliResult whole = runCli(trainArguments("whole"), {}, 120);
        QVERIFY2(whole.status == 0, whole.err);
        wanted_ = contents(path("whole/model.safetensors"));
        QVERIFY(wanted_.size() > 1000);
    }

    void resumesToTheSameWeights_data()
    {
        QTest::addColumn<int>("line");
        QTest::addColumn<bool>("whileWriting");
        for (int line = 1; line <= steps; ++line)
            QTest::addRow("after line %d", line) << line << false;
        for (int line = 1; line <= 8; ++line)
            QTest::addRow("in a write after line %d", line) << line << true;
    }
    void resumesToTheSameWeights()
    {
        QFETCH(int, line);
        QFETCH(bool, whileWriting);
        const QString run = QString("run-%1-%2").arg(line).arg(whileWriting);
        killWhen(trainArguments(run), [&](const QByteArray& out) {
            return out.count('\n') >= line && (!whileWriting || isWriting(run) || out.count('\n') >= line + 4);
        });
        verifyCheckpoints(run);
        const bool hasCheckpoint = !QDir(path(run)).entryList({"checkpoint-*"}, QDir::Dirs).filter(QRegularExpression("^checkpoint-\\d+$")).isEmpty();
        const CliResult resumed = runCli(trainArguments(run) + QStringList{hasCheckpoint ? "--resume" : "--overwrite"}, {}, 120);
        QVERIFY2(resumed.status == 0, resumed.err);
        QVERIFY(contents(path(run) + "/model.safetensors") == wanted_);
        const CliResult shown = runCli({"show", path("p.earmark"), "--json"});
        QVERIFY2(shown.status == 0, shown.err);
        QDir(path(run)).removeRecursively();
    }

    void projectSurvivesAKilledImport()
    {
        writeToneCorpus(path("more"), 10, 20);
        for (int moment = 0; moment < 10; ++moment) {
            int asked = 0;
            killWhen({"import", path("more"), "--project", path("p.earmark")}, [&](const QByteArray&) { return asked++ >= moment * 3; });
            const CliResult shown = runCli({"show", path("p.earmark"), "--json"});
            QVERIFY2(shown.status == 0, shown.err);
        }
        QCOMPARE(runCli({"import", path("more"), "--project", path("p.earmark")}).status, 0);
        const std::vector<Json> lines = runCli({"show", path("p.earmark"), "--json"}).lines();
        QCOMPARE(lines.at(0).at("clips").get<int>(), 4 * 6 + 10 * 20);
    }
};

QTEST_GUILESS_MAIN(KillTest)
#include "tst_cli_kill.moc"
