// Projects from the command line: import, split, show and export, with good files and bad ones.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/cli.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

class CliProjectTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    QString path(const QString& name) const { return folder_.filePath(name); }

    void write(const QString& name, const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

    void writeWav(const QString& name, std::uint32_t seed, std::size_t samples = 1600) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        writeBytes(path(name).toStdString(), wav16(noise16(samples, seed)));
    }

    /// Ten clips of "dog" and ten of "cat".
    QString project(const QString& name) const
    {
        const QString file = path(name + ".earmark");
        if (runCli({"import", path("animals"), "--project", file}).status != 0)
            qFatal("the project could not be made");
        return file;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 10; ++i) {
            writeWav(QString("animals/dog/%1.wav").arg(i), 1 + i);
            writeWav(QString("animals/cat/%1.wav").arg(i), 101 + i);
        }
    }

    void importReportsWhatItDid()
    {
        writeWav("mixed/dog/a.wav", 1);
        writeWav("mixed/dog/same.wav", 1);
        writeWav("mixed/cat/caf\u00e9 \U0001F3B5.wav", 2);
        write("mixed/cat/text.wav", "this is no sound\n");
        write("mixed/cat/empty.wav", "");
        const QStringList arguments{"import", path("mixed"), "--project", path("mixed.earmark"), "--json"};
        const CliResult result = runCli(arguments);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.lines().size(), std::size_t{1});
        const Json report = result.lines().front();
        QCOMPARE(report["added"].get<int>(), 2);
        QCOMPARE(report["duplicates"].size(), std::size_t{1});
        QVERIFY(report["duplicates"][0]["file"].get<std::string>().ends_with("same.wav"));
        QCOMPARE(report["broken"].size(), std::size_t{2});
        for (const Json& broken : report["broken"])
            QVERIFY(broken["reason"].get<std::string>().find("wav") != std::string::npos && !broken["code"].get<std::string>().empty());

        const Json again = runCli(arguments).lines().front();
        QCOMPARE(again["added"].get<int>(), 0);
        QVERIFY(again["skipped"].get<int>() >= 2);
    }

    void importLoadsNoNetworks()
    {
        const CliResult result = runCli({"import", path("animals"), "--project", path("light.earmark"), "--quiet"},
                                        {{"EARMARK_MODULE_DIR", "/nonexistent"}, {"LD_DEBUG", "files"}});
        QCOMPARE(result.status, 0);
        QVERIFY(result.err.contains("libsqlite")); // the loader's own account of what was opened
        QVERIFY(!result.err.contains("torch") && !result.err.contains("earmark_neural"));
    }

    void tablesNameTheirColumns()
    {
        write("table/clips.csv", "file,what,who,begin\n../animals/dog/0.wav,dog,rex,0\n../animals/cat/0.wav,cat,tom,0.05\n");
        const QStringList arguments{"import", path("table/clips.csv"), "--project", path("table.earmark"), "--json", "--label-column"};
        const CliResult missing = runCli(arguments + QStringList{"kind"});
        QCOMPARE(missing.status, 3);
        QCOMPARE(missing.errorCode(), std::string("import.no_column"));
        const CliResult good = runCli(arguments + QStringList{"what", "--group-column", "who", "--start-column", "begin"});
        QCOMPARE(good.status, 0);
        QCOMPARE(good.lines().front()["added"].get<int>(), 2);
        const Json shown = runCli({"show", path("table.earmark"), "--json"}).lines().front();
        QCOMPARE(shown["labels"]["dog"].get<int>(), 1);
        QCOMPARE(shown["groups"].get<int>(), 2);
    }

    void splitDivides()
    {
        const QString file = project("split");
        const CliResult result = runCli({"split", "--project", file, "--validation", "0.2", "--test", "0.3", "--stratify", "--json"});
        QCOMPARE(result.status, 0);
        const Json sizes = result.lines().front()["splits"];
        QCOMPARE(sizes["train"].get<int>(), 10);
        QCOMPARE(sizes["validation"].get<int>(), 4);
        QCOMPARE(sizes["test"].get<int>(), 6);
        const Json shown = runCli({"show", file, "--json"}).lines().front();
        QCOMPARE(shown["kind"].get<std::string>(), std::string("project"));
        QCOMPARE(shown["clips"].get<int>(), 20);
        QVERIFY(shown["splits"] == sizes);
        QVERIFY(shown["labels"] == Json({{"cat", 10}, {"dog", 10}}));

        const CliResult usual = runCli({"split", "--project", file, "--json"}); // a tenth each where nothing is said
        QCOMPARE(usual.lines().front()["splits"]["test"].get<int>(), 2);
        QCOMPARE(usual.lines().front()["splits"]["validation"].get<int>(), 2);
        const CliResult folds = runCli({"split", "--project", file, "--folds", "5", "--fold", "0", "--json"});
        QCOMPARE(folds.lines().front()["splits"]["test"].get<int>(), 4);
        QCOMPARE(runCli({"split", "--project", file, "--test", "50", "--json"}).status, 3);
        QCOMPARE(runCli({"split", "--project", file, "--folds", "5", "--fold", "5", "--json"}).status, 2);
    }

    void exportComesBackIn_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("source"); // below the export
        QTest::newRow("csv") << "csv" << "clips.csv";
        QTest::newRow("audiofolder") << "audiofolder" << "";
    }
    void exportComesBackIn()
    {
        QFETCH(QString, format);
        QFETCH(QString, source);
        const QString file = project("export-" + format);
        QCOMPARE(runCli({"split", "--project", file, "--validation", "0.2", "--test", "0.2"}).status, 0);
        const QString out = path("out-" + format);
        const CliResult result = runCli({"export", "--project", file, "--format", format, "--out", out, "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.lines().front()["clips"].get<int>(), 20);
        QCOMPARE(runCli({"export", "--project", file, "--format", format, "--out", out, "--json"}).errorCode(), std::string("usage.out_exists"));
        QCOMPARE(runCli({"export", "--project", file, "--format", format, "--out", out, "--overwrite"}).status, 0);

        const QString again = path("again-" + format + ".earmark");
        const CliResult imported = runCli({"import", out + "/" + source, "--project", again, "--json"});
        QVERIFY2(imported.status == 0, imported.err.constData());
        QCOMPARE(imported.lines().front()["added"].get<int>(), 20);
        const Json before = runCli({"show", file, "--json"}).lines().front();
        const Json after = runCli({"show", again, "--json"}).lines().front();
        QVERIFY2(nlohmann::json(after["labels"]) == nlohmann::json(before["labels"]), after.dump().c_str());
        QVERIFY2(nlohmann::json(after["splits"]) == nlohmann::json(before["splits"]), after.dump().c_str());
    }

    void showDescribesSound()
    {
        const CliResult result = runCli({"show", path("animals/dog/0.wav"), "--json"});
        QCOMPARE(result.status, 0);
        const Json facts = result.lines().front();
        QCOMPARE(facts["kind"].get<std::string>(), std::string("audio"));
        QCOMPARE(facts["sample_rate"].get<int>(), 16000);
        QCOMPARE(facts["channels"].get<int>(), 1);
        QCOMPARE(facts["duration"].get<double>(), 0.1);
        QVERIFY(runCli({"show", path("animals/dog/0.wav")}).out.contains("sample_rate  16000\n"));
    }

    void showNoticesChangedFiles()
    {
        writeWav("changing/dog/a.wav", 7);
        const QString file = path("changing.earmark");
        QCOMPARE(runCli({"import", path("changing"), "--project", file}).status, 0);
        writeWav("changing/dog/a.wav", 8, 3200);
        const CliResult result = runCli({"show", file, "--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.lines().front()["changed_files"].size(), std::size_t{1});
        QVERIFY(result.err.contains("changed"));
    }

    void badInputIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        write("bad/notes.earmark", "not a project");
        write("bad/text.wav", "not a sound");
        QVERIFY(QDir().mkpath(path("bad/empty")));
        const QString file = project("bad");
        QTest::newRow("no project") << QStringList{"show", path("bad/notes.earmark")} << "project.not_a_project";
        QTest::newRow("no project to split") << QStringList{"split", "--project", path("bad/notes.earmark")} << "project.not_a_project";
        QTest::newRow("no sound") << QStringList{"show", path("bad/text.wav")} << "audio.not_audio";
        QTest::newRow("nothing to import") << QStringList{"import", path("bad/empty"), "--project", path("new.earmark")} << "import.no_clips";
        QTest::newRow("source that is not there") << QStringList{"import", path("bad/none"), "--project", path("new.earmark")} << "io.not_found";
        QTest::newRow("no train split") << QStringList{"train", "--project", file, "--base", "scratch:x", "--out", path("run")} << "train.no_clips";
        QTest::newRow("no test split") << QStringList{"evaluate", "--project", file, "--model", path("animals")} << "project.invalid_edit";
        QTest::newRow("folder without sound") << QStringList{"classify", "--model", path("animals"), path("bad/empty"), "--recursive"}
                                              << "io.not_found";
    }
    void badInputIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, code);
        const CliResult result = runCli(arguments + QStringList{"--json"}, {{"EARMARK_MODULE_DIR", "/nonexistent"}});
        QCOMPARE(QString::fromStdString(result.errorCode()), code);
        QCOMPARE(result.status, 3);
        QCOMPARE(result.out, QByteArray());
    }

    void aFolderNeedsRecursive()
    {
        const CliResult result = runCli({"classify", "--model", path("animals"), path("animals"), "--json"});
        QCOMPARE(result.status, 2);
        QVERIFY(result.err.contains("--recursive"));
    }
};

QTEST_GUILESS_MAIN(CliProjectTest)
#include "tst_cli_project.moc"
