// How the command line answers when nothing needs to be computed: help, versions, wrong usage.
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/error.h"
#include "engine/recipe/recipe.h"
#include "tests/support/cli.h"

using namespace earmark;
using namespace earmark::test;

namespace
{
const QStringList commands = {"import", "split", "show", "export", "models", "train", "evaluate", "classify", "embed", "outputs"};
}

class CliUsageTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

private Q_SLOTS:
    void helpListsEveryCommandAndGlobalOption()
    {
        const CliResult result = runCli({"--help"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        for (const QString& command : commands)
            QVERIFY2(result.out.contains("\n  " + command.toUtf8() + " "), qPrintable(command));
        for (const char* option : {"--device", "--threads", "--dtype", "--attention", "--channel", "--json", "--quiet", "--verbose", "--version",
                                   "--help-errors"})
            QVERIFY2(result.out.contains(option), option);
        QVERIFY(!result.out.contains("login")); // not there yet, so not offered
    }

    void everyCommandHasHelp_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("mentions");
        QTest::newRow("import") << "import" << QStringList{"--project", "--format", "--file-column", "--group-pattern", "speech-commands"};
        QTest::newRow("split") << "split" << QStringList{"--validation", "--test", "--seed", "=42", "--folds", "--group", "--stratify", "--method"};
        QTest::newRow("show") << "show" << QStringList{"PATH"};
        QTest::newRow("export") << "export" << QStringList{"--format", "audiofolder", "label-studio", "audacity", "raven", "--out"};
        QTest::newRow("models") << "models" << QStringList{};
        QTest::newRow("train") << "train" << QStringList{"--base", "--out", "--task", "--config", "--set", "--resume", "--overwrite"};
        QTest::newRow("evaluate") << "evaluate" << QStringList{"--model", "--split", "=test", "--out"};
        QTest::newRow("classify") << "classify" << QStringList{"--top-k", "=5", "--function", "softmax", "--window", "--hop", "--csv", "--recursive"};
        QTest::newRow("embed") << "embed" << QStringList{"--out", "--layer"};
        QTest::newRow("outputs") << "outputs" << QStringList{"--hidden-states", "--attentions", "--labels", "--text", "--tensors"};
    }
    void everyCommandHasHelp()
    {
        QFETCH(QString, command);
        QFETCH(QStringList, mentions);
        const CliResult result = runCli({command, "--help"});
        QCOMPARE(result.status, 0);
        for (const QString& word : mentions + QStringList{"--device", "--json"})
            QVERIFY2(result.out.contains(word.toUtf8()), qPrintable(word));
    }

    void trainHelpListsEverySetting()
    {
        const CliResult result = runCli({"train", "--help"});
        for (const Setting& setting : settings()) {
            const std::string line = "    " + std::string(setting.key) + " = ";
            QVERIFY2(result.out.contains(line.c_str()), line.c_str());
            QVERIFY2(result.out.contains(std::string(setting.explanation).c_str()), line.c_str());
        }
        QVERIFY(result.out.contains("    learning_rate = 5e-05\n"));
        QVERIFY(result.out.contains("    save_total_limit = not set\n"));
    }

    void helpErrorsListsEveryCode()
    {
        const CliResult text = runCli({"--help-errors"});
        QCOMPARE(text.status, 0);
        const CliResult json = runCli({"--help-errors", "--json"});
        QCOMPARE(runCli({"classify", "--json", "--help-errors"}).out, json.out); // before or after the command, as all global options
        const std::vector<Json> lines = json.lines();
        QCOMPARE(lines.size(), errorCodes().size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QCOMPARE(lines[i]["code"].get<std::string>(), std::string(errorCodes()[i].code));
            QCOMPARE(lines[i]["exit_status"].get<int>(), static_cast<int>(errorCodes()[i].kind));
            QVERIFY(text.out.contains(errorCodes()[i].code.data()));
        }
    }

    void versionIsOneLine()
    {
        const CliResult result = runCli({"--version"});
        QCOMPARE(result.status, 0);
        QVERIFY(QRegularExpression("^earmark-cli \\d+\\.\\d+\\.\\d+\n$").match(QString::fromUtf8(result.out)).hasMatch());
        QCOMPARE(runCli({"split", "--version"}).out, result.out);
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing") << QStringList{} << "Name a command";
        QTest::newRow("unknown command") << QStringList{"trian"} << "Did you mean train?";
        QTest::newRow("a command of later") << QStringList{"login", "--model", "x"} << "There is no command";
        QTest::newRow("unknown option") << QStringList{"split", "--projct", "x"} << "Did you mean --project?";
        QTest::newRow("option with value") << QStringList{"split", "--project", "p", "--sed=3"} << "Did you mean --seed?";
        QTest::newRow("missing option") << QStringList{"split"} << "--project is required";
        QTest::newRow("missing value") << QStringList{"split", "--project"} << "--project";
        QTest::newRow("missing positional") << QStringList{"show"} << "PATH is required";
        QTest::newRow("too many arguments") << QStringList{"show", "a", "b"} << "was not expected";
        QTest::newRow("no number") << QStringList{"split", "--project", "p", "--seed", "x"} << "--seed";
        QTest::newRow("not a number") << QStringList{"split", "--project", "p", "--test", "nan"} << "at least 0";
        QTest::newRow("no device") << QStringList{"--device", "gpu", "models"} << "cuda:N";
        QTest::newRow("no such GPU number") << QStringList{"models", "--device", "cuda:x"} << "cuda:N";
        QTest::newRow("no dtype") << QStringList{"models", "--dtype", "int8"} << "float32";
        QTest::newRow("no channel") << QStringList{"models", "--channel", "-1"} << "counted from 0";
        QTest::newRow("threads") << QStringList{"models", "--threads", "-1"} << "--threads";
        QTest::newRow("no format") << QStringList{"import", "x", "--project", "p", "--format", "mp3"} << "audiofolder";
        QTest::newRow("no task") << QStringList{"train", "--project", "p", "--base", "b", "--task", "sing"} << "classification";
        QTest::newRow("unknown setting") << QStringList{"train", "--project", "p", "--base", "b", "--set", "learnig_rate=1"}
                                         << "did you mean learning_rate?";
        QTest::newRow("bad setting") << QStringList{"train", "--project", "p", "--base", "b", "--set", "learning_rate=fast"} << "a number";
        QTest::newRow("setting without value") << QStringList{"train", "--project", "p", "--base", "b", "--set", "fp16"} << "NAME=VALUE";
        QTest::newRow("no base") << QStringList{"train", "--project", "p"} << "Give --base";
        QTest::newRow("resume and overwrite") << QStringList{"train", "--project", "p", "--out", "o", "--resume", "--overwrite"} << "one of them";
        QTest::newRow("resume without folder") << QStringList{"train", "--project", "p", "--resume"} << "--out";
        QTest::newRow("hop without window") << QStringList{"classify", "--model", "m", "a.wav", "--hop", "1"} << "--window";
        QTest::newRow("endless window") << QStringList{"classify", "--model", "m", "a.wav", "--window", "inf"} << "above 0";
        QTest::newRow("labels for other files") << QStringList{"outputs", "--model", "m", "a.wav", "--out", "o", "--labels", "1,0"} << "one a file";
    }
    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const CliResult text = runCli(arguments);
        QCOMPARE(text.status, 2);
        QCOMPARE(text.out, QByteArray());
        QVERIFY2(text.err.contains(said.toUtf8()), text.err.constData());
        QCOMPARE(text.err.count('\n'), 1); // one sentence, one line

        const CliResult json = runCli(QStringList{"--json"} + arguments);
        QCOMPARE(json.status, 2);
        QCOMPARE(json.out, QByteArray());
        QCOMPARE(json.errors().size(), std::size_t{1});
        const Json error = json.errors().front();
        QVERIFY(error["message"].is_string() && error["path"].is_string());
        QVERIFY2(error["message"].get<std::string>().find(said.toStdString()) != std::string::npos, json.err.constData());
        QVERIFY(error["code"] == "usage" || error["code"].get<std::string>().starts_with("recipe."));
    }

    void outputsThatExistAreRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("export") << QStringList{"export", "--project", "p.earmark", "--out"};
        QTest::newRow("train") << QStringList{"train", "--project", "p.earmark", "--base", "scratch:x", "--out"};
        QTest::newRow("classify") << QStringList{"classify", "--model", "m", "a.wav", "--csv"};
        QTest::newRow("embed") << QStringList{"embed", "--model", "m", "a.wav", "--out"};
        QTest::newRow("evaluate") << QStringList{"evaluate", "--model", "m", "--project", "p.earmark", "--out"};
        QTest::newRow("outputs") << QStringList{"outputs", "--model", "m", "a.wav", "--out"};
    }
    void outputsThatExistAreRefused()
    {
        QFETCH(QStringList, arguments);
        const CliResult result = runCli(arguments + QStringList{folder_.path(), "--json"});
        QCOMPARE(result.status, 2);
        QCOMPARE(result.errorCode(), std::string("usage.out_exists"));
        QCOMPARE(result.errors().front()["path"].get<std::string>(), folder_.path().toStdString());
    }

    void whatIsNotThereIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        QTest::newRow("file") << QStringList{"show", "/nonexistent/a.wav"} << "io.not_found";
        QTest::newRow("model folder") << QStringList{"classify", "--model", "/nonexistent", "a.wav"} << "model.not_found";
        QTest::newRow("Hub name") << QStringList{"classify", "--model", "owner/name", "a.wav"} << "model.not_found";
        QTest::newRow("name that leaves the cache") << QStringList{"classify", "--model", "a/..", "a.wav"} << "model.not_found";
        QTest::newRow("revision that leaves the cache") << QStringList{"classify", "--model", "a/b@../../x", "a.wav"} << "model.not_found";
        QTest::newRow("base") << QStringList{"train", "--project", "p.earmark", "--base", "no/where"} << "model.not_found";
        QTest::newRow("project") << QStringList{"split", "--project", "/nonexistent/p.earmark"} << "io.not_found";
        QTest::newRow("settings file") << QStringList{"train", "--project", "p", "--base", "b", "--config", "/nonexistent.json"} << "io.not_found";
    }
    void whatIsNotThereIsNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, code);
        const CliResult result = runCli(arguments + QStringList{"--json"});
        QCOMPARE(result.status, 3);
        QCOMPARE(result.out, QByteArray());
        QCOMPARE(QString::fromStdString(result.errorCode()), code);
    }

    void settingsFileIsChecked()
    {
        const QString path = folder_.filePath("settings.json");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"learning_rate": "fast"})");
        file.close();
        const CliResult result = runCli({"train", "--project", "p", "--base", "b", "--config", path, "--json"});
        QCOMPARE(result.status, 2);
        QCOMPARE(result.errorCode(), std::string("recipe.bad_value"));
        QCOMPARE(QString::fromStdString(result.errors().front()["path"].get<std::string>()), path);
    }

    void aHubCacheIsFound()
    {
        const QString repository = folder_.filePath("home/hub/models--owner--some-model");
        const QString commit = "0123456789abcdef0123456789abcdef01234567";
        QVERIFY(QDir().mkpath(repository + "/snapshots/" + commit) && QDir().mkpath(repository + "/refs"));
        QFile branch(repository + "/refs/main");
        QVERIFY(branch.open(QIODevice::WriteOnly));
        branch.write(commit.toUtf8());
        branch.close();
        const Environment environment{{"HF_HOME", folder_.filePath("home")}, {"EARMARK_MODULE_DIR", "/nonexistent"}};
        for (const char* name : {"owner/some-model", "owner/some-model@main"}) { // found, and only then are the networks missed
            const CliResult result = runCli({"classify", "--model", name, "a.wav", "--json"}, environment);
            QCOMPARE(result.errorCode(), std::string("compute.no_libtorch"));
            QCOMPARE(result.status, 1);
        }
        const CliResult other = runCli({"classify", "--model", "owner/some-model@v2", "a.wav", "--json"}, environment);
        QCOMPARE(other.errorCode(), std::string("model.not_found"));
    }

    void namesAreTakenAsTheyAre()
    {
        // What would be a list to CLI11, a name that is no UTF-8, one that looks like an option, and one that looks like a command.
        for (const char* name : {"'[a,b]'", "\"$(printf 'caf\\351')\"", "-- --json", "train", "''", "'{}'", "\"$(printf 'new\\nline')\""}) {
            const CliResult result = runShell(QString("\"$CLI\" show --json ") + name);
            QVERIFY2(result.status == 3, name);
            QCOMPARE(result.errorCode(), std::string("io.not_found"));
        }
        const Environment noNetworks{{"EARMARK_MODULE_DIR", "/nonexistent"}};
        for (const QStringList& files : {QStringList{"[a,b]", "{}"}, QStringList{"{}"}, QStringList{"a", "--json", "b", "--", "-c"}}) {
            const CliResult result = runCli(QStringList{"classify", "--json", "--model", folder_.path()} + files, noNetworks);
            QCOMPARE(result.errorCode(), std::string("compute.no_libtorch")); // all arguments were understood
        }
        const CliResult list = runCli({"show", "[a,b]", "--json"});
        QCOMPARE(list.errors().front()["path"].get<std::string>(), std::string("[a,b]"));
        const CliResult latin = runShell("\"$CLI\" show --json \"$(printf 'caf\\351')\"");
        QCOMPARE(latin.errors().front()["path"].get<std::string>(), std::string("caf\xEF\xBF\xBD"));
    }

    void aClosedPipeIsNoDisaster()
    {
        const CliResult result = runShell("(\"$CLI\" train --help; echo $? >&2) | true");
        QVERIFY2(result.err.startsWith("1") || result.err.startsWith("0"), result.err.constData()); // 0: all was written before the reader left
        QCOMPARE(result.err.count('\n'), 1);
    }

    void aFullDiskIsSaid()
    {
        const CliResult result = runShell("\"$CLI\" --help-errors --json >/dev/full");
        QCOMPARE(result.status, 1);
        QCOMPARE(result.errorCode(), std::string("io.disk_full"));
    }
};

QTEST_GUILESS_MAIN(CliUsageTest)
#include "tst_cli_usage.moc"
