// What each kind of bad input gets: it works, or one clear sentence and the exit status of the contract. Nothing crashes, nothing is lost.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>
#include <unistd.h>

#include "tests/support/cli.h"
#include "tests/support/corpus.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

void writeText(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("could not write %s", qPrintable(path));
}

void writeSound(const QString& path, const Bytes& bytes) { writeBytes(path.toStdString(), bytes); }

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray littleEndian64(quint64 value)
{
    QByteArray bytes;
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(value >> (8 * i));
    return bytes;
}

/// What `pickle.dumps` makes of an object whose __reduce__ is (os.system, (command,)), protocol 2.
QByteArray systemPickle(const QByteArray& command)
{
    return QByteArray("\x80\x02") + "cos\nsystem\n" + "X" + littleEndian64(static_cast<quint64>(command.size())).left(4) + command + "\x85R.";
}

quint32 crc32(const QByteArray& bytes)
{
    quint32 crc = ~0u;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

/// A zip of stored entries, as torch.save writes it.
QByteArray storedZip(const QList<QPair<QByteArray, QByteArray>>& entries)
{
    const auto number = [](quint64 value, int bytes) { return littleEndian64(value).left(bytes); };
    QByteArray body, directory;
    for (const auto& [name, data] : entries) {
        const QByteArray facts = number(0, 2) + number(0, 2) + number(0, 4) + number(crc32(data), 4) + number(static_cast<quint64>(data.size()), 4) +
                                 number(static_cast<quint64>(data.size()), 4) + number(static_cast<quint64>(name.size()), 2) + number(0, 2);
        directory += QByteArray("PK\x01\x02") + number(20, 2) + number(20, 2) + facts + number(0, 2) + number(0, 2) + number(0, 2) +
                     number(0, 4) + number(static_cast<quint64>(body.size()), 4) + name;
        body += QByteArray("PK\x03\x04") + number(20, 2) + facts + name + data;
    }
    const auto count = static_cast<quint64>(entries.size());
    return body + directory + QByteArray("PK\x05\x06") + number(0, 4) + number(count, 2) + number(count, 2) +
           number(static_cast<quint64>(directory.size()), 4) + number(static_cast<quint64>(body.size()), 4) + number(0, 2);
}

} // namespace

class BadInputTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    QString model_; ///< a small model that was trained in initTestCase

    QString path(const QString& name) const { return folder_.filePath(name); }

    /// One sentence with the code that was expected, nothing on stdout, no crash.
    void verifyRefusal(const CliResult& result, int status, const std::string& code) const
    {
        QVERIFY2(result.status == status, result.err);
        const std::vector<Json> errors = result.errors();
        QVERIFY2(errors.size() == 1, result.err);
        QCOMPARE(errors[0].value("code", ""), code);
        const QString message = QString::fromStdString(errors[0].value("message", ""));
        QVERIFY2(message.size() > 20 && message.endsWith('.') && !message.contains('\n'), qPrintable(message));
    }

    /// A copy of the model folder that a test may damage.
    QString copyOfModel(const QString& name) const
    {
        const QString copy = path(name);
        QDir().mkpath(copy);
        for (const char* file : {"config.json", "preprocessor_config.json", "model.safetensors"})
            QFile::copy(model_ + "/" + file, copy + "/" + file);
        return copy;
    }

    CliResult classify(const QString& model, const QString& file) const { return runCli({"classify", "--model", model, file, "--json"}); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(folder_.isValid());
        writeToneCorpus(path("audio"), 2, 4);
        QCOMPARE(runCli({"import", path("audio"), "--project", path("p.earmark")}).status, 0);
        QCOMPARE(runCli({"split", "--project", path("p.earmark"), "--validation", "0", "--test", "0.25"}).status, 0);
        model_ = path("model");
        const CliResult trained = runCli({"train", "--project", path("p.earmark"), "--base", "scratch:" + tinyPreset(), "--out", model_, "--set",
                                          "max_steps=1", "--set", "save_strategy=no"});
        QVERIFY2(trained.status == 0, trained.err);
    }

    // ---- sound ----------------------------------------------------------------------------------------------------------

    void sound_data()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        std::vector<std::int16_t> eight;
        for (const std::int16_t sample : noise16(384000 / 4))
            eight.insert(eight.end(), 8, sample);
        std::vector<float> holed(16000, 0.1f);
        holed[5000] = nan;
        Bytes cut = wav16(noise16(32000));
        cut.resize(cut.size() / 2);

        QTest::addColumn<QString>("name");
        QTest::addColumn<Bytes>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty file") << "empty.wav" << Bytes{} << 3 << "audio.empty";
        QTest::newRow("text named .wav") << "text.wav" << [] { Bytes b; appendText(b, "This is a letter, not a sound.\n"); return b; }() << 3 << "audio.not_audio";
        QTest::newRow("no samples") << "none.wav" << wav16({}) << 3 << "audio.empty";
        QTest::newRow("one sample") << "one.wav" << wav16({1000}) << 3 << "audio.too_short";
        QTest::newRow("NaN") << "nan.wav" << wavBytes({.bits = 32, .isFloat = true}, payloadOf(holed)) << 3 << "audio.not_finite";
        QTest::newRow("cut short") << "cut.wav" << cut << 0 << "";
        QTest::newRow("384 kHz, 8 channels") << "wide.wav" << wav16(eight, 384000, 8) << 0 << "";
        QTest::newRow("newline and emoji") << "a\nb \xF0\x9F\x8E\xB5.wav" << wav16(noise16(16000)) << 0 << "";
    }
    void sound()
    {
        QFETCH(QString, name);
        QFETCH(Bytes, bytes);
        QFETCH(int, status);
        QFETCH(QString, code);
        writeSound(path(name), bytes);
        const CliResult result = classify(model_, path(name));
        if (status != 0)
            return verifyRefusal(result, status, code.toStdString());
        QVERIFY2(result.status == 0, result.err);
        QCOMPARE(result.lines().size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(result.lines()[0].at("file")), path(name));
    }

    void truncatedFileIsWarnedOf()
    {
        Bytes cut = wav16(noise16(32000));
        cut.resize(cut.size() / 2);
        writeSound(path("half.wav"), cut);
        const CliResult result = classify(model_, path("half.wav"));
        QCOMPARE(result.status, 0);
        QVERIFY2(result.err.contains("half.wav"), result.err);
    }

    void brokenFilesAreListedAndTheRestImported()
    {
        QDir().mkpath(path("mixed/x"));
        writeSound(path("mixed/x/good.wav"), wav16(noise16(16000, 7)));
        writeSound(path("mixed/x/empty.wav"), {});
        writeText(path("mixed/x/text.wav"), "not a sound");
        const CliResult result = runCli({"import", path("mixed"), "--project", path("mixed.earmark"), "--json"});
        QVERIFY2(result.status == 0, result.err);
        const Json report = result.lines().at(0);
        QCOMPARE(report.at("added").get<int>(), 1);
        QCOMPARE(report.at("broken").size(), std::size_t(2));
    }

    // ---- tables and projects --------------------------------------------------------------------------------------------

    void longLabelWorks()
    {
        writeSound(path("l.wav"), wav16(noise16(16000, 9)));
        writeText(path("long.csv"), "file,label\nl.wav," + QByteArray(20000, 'x') + "\n");
        const CliResult result = runCli({"import", path("long.csv"), "--project", path("long.earmark"), "--json"});
        QVERIFY2(result.status == 0, result.err);
        QCOMPARE(runCli({"show", path("long.earmark")}).status, 0);
    }

    void missingColumn()
    {
        writeText(path("c.csv"), "file,label\nx.wav,a\n");
        verifyRefusal(runCli({"import", path("c.csv"), "--project", path("c.earmark"), "--label-column", "genre", "--json"}), 3, "import.no_column");
    }

    void projectFromTheFuture()
    {
        QFile::copy(path("p.earmark"), path("future.earmark"));
        QFile file(path("future.earmark"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(60)); // user_version, big-endian (SQLite's file format, section 1.3)
        file.write(QByteArray("\x00\x01\x00\x00", 4));
        file.close();
        const QByteArray before = contents(path("future.earmark"));
        verifyRefusal(runCli({"show", path("future.earmark"), "--json"}), 3, "project.from_future");
        QVERIFY(contents(path("future.earmark")) == before);
    }

    void notAProject()
    {
        writeText(path("text.earmark"), "not a project at all, only some words");
        verifyRefusal(runCli({"split", "--project", path("text.earmark"), "--json"}), 3, "project.not_a_project");
    }

    void folderThatMayNotBeWritten()
    {
        if (::geteuid() != 0)
            QVERIFY2(QProcess::execute("/bin/true", {}) == 0, "as another user only root can run a program");
        QDir().mkpath(path("closed"));
        QVERIFY(QFile::setPermissions(path("closed"), QFileDevice::ReadOwner | QFileDevice::ExeOwner | QFileDevice::ReadOther | QFileDevice::ExeOther));
        QVERIFY(QFile::setPermissions(folder_.path(), QFileDevice::Permissions(0x7755)));
        // Root may write anywhere, so the command runs as nobody.
        const QString command = QString("setpriv --reuid 65534 --regid 65534 --clear-groups \"$CLI\" import '%1' --project '%2' --json")
                                    .arg(path("audio"), path("closed/p.earmark"));
        const CliResult result = ::geteuid() == 0 ? runShell(command)
                                                  : runCli({"import", path("audio"), "--project", path("closed/p.earmark"), "--json"});
        verifyRefusal(result, 1, "io.unwritable");
    }

    // ---- models ---------------------------------------------------------------------------------------------------------

    void truncatedSafetensors()
    {
        const QString copy = copyOfModel("truncated");
        QFile file(copy + "/model.safetensors");
        QVERIFY(file.resize(file.size() / 2));
        verifyRefusal(classify(copy, path("audio/tone-0/000.wav")), 3, "model.bad_weights");
    }

    void hostileSafetensors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto withHeader = [](const QByteArray& header, int data) {
            return littleEndian64(static_cast<quint64>(header.size())) + header + QByteArray(data, '\0');
        };
        QTest::newRow("2^60 header") << littleEndian64(quint64(1) << 60) + QByteArray("{}");
        QTest::newRow("overlapping offsets") << withHeader(
            R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", 12);
        QTest::newRow("beyond the end") << withHeader(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4);
        QTest::newRow("shape overflows") << withHeader(
            R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})", 0);
        QTest::newRow("not JSON") << withHeader("{{{{", 4);
        QTest::newRow("empty") << QByteArray();
    }
    void hostileSafetensors()
    {
        QFETCH(QByteArray, bytes);
        const QString copy = copyOfModel("hostile");
        writeText(copy + "/model.safetensors", bytes);
        verifyRefusal(classify(copy, path("audio/tone-0/000.wav")), 3, "model.bad_weights");
    }

    void pickleThatCallsSystemIsNotRun()
    {
        const QString copy = copyOfModel("pickle");
        QFile::remove(copy + "/model.safetensors");
        const QString proof = path("was-run");
        writeText(copy + "/pytorch_model.bin", storedZip({{"archive/data.pkl", systemPickle("touch " + proof.toUtf8())}, {"archive/version", "3\n"}}));
        verifyRefusal(classify(copy, path("audio/tone-0/000.wav")), 3, "model.unsafe_weights");
        QVERIFY(!QFile::exists(proof));
    }

    void absurdConfiguration_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("huge width") << QByteArray("hidden_size") << QByteArray("1000000000000");
        QTest::newRow("no layers") << QByteArray("num_hidden_layers") << QByteArray("-1");
        QTest::newRow("no heads") << QByteArray("num_attention_heads") << QByteArray("0");
        QTest::newRow("text for a number") << QByteArray("intermediate_size") << QByteArray("\"wide\"");
        QTest::newRow("endless layers") << QByteArray("num_hidden_layers") << QByteArray("2000000000");
    }
    void absurdConfiguration()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        const QString copy = copyOfModel("absurd");
        Json config = Json::parse(contents(copy + "/config.json").toStdString());
        config[key.toStdString()] = Json::parse(value.toStdString());
        writeText(copy + "/config.json", QByteArray::fromStdString(config.dump()));
        verifyRefusal(classify(copy, path("audio/tone-0/000.wav")), 3, "model.bad_config");
    }

    void deepConfiguration()
    {
        const QString copy = copyOfModel("deep");
        writeText(copy + "/config.json", QByteArray(100000, '[') + QByteArray(100000, ']'));
        verifyRefusal(classify(copy, path("audio/tone-0/000.wav")), 3, "model.bad_config");
    }

    void noModel() { verifyRefusal(classify(path("audio"), path("audio/tone-0/000.wav")), 3, "model.not_found"); }

    // ---- a full disk ----------------------------------------------------------------------------------------------------

    void fullDisk_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("import") << "\"$CLI\" import \"$DIR/audio\" --project \"$DISK/full.earmark\" --json";
        QTest::newRow("train") << "\"$CLI\" train --project \"$DIR/p.earmark\" --base scratch:" + tinyPreset() +
                                      " --out \"$DISK/run\" --set max_steps=1 --json";
        QTest::newRow("classify") << "\"$CLI\" classify --model \"$DIR/model\" \"$DIR/audio/tone-0/000.wav\" --csv \"$DISK/out.csv\" --json";
    }
    void fullDisk()
    {
        if (::geteuid() != 0 || QProcess::execute("/bin/sh", {"-c", "unshare -m true 2>/dev/null"}) != 0)
            return qInfo("a small disk can be made by root alone: not tried");
        QFETCH(QString, command);
        // 160 KiB, of which all but a few are taken; a file that lies there must still be there afterwards.
        const QString script = "DIR='" + folder_.path() + "'; DISK=\"$DIR/disk\"; mkdir -p \"$DISK\"; "
                               "mount -t tmpfs -o size=160k none \"$DISK\"; echo kept > \"$DISK/before\"; "
                               "head -c 143360 /dev/zero > \"$DISK/filler\"; head -c 12000 /dev/zero > \"$DISK/filler2\"; " +
                               command + "; status=$?; cat \"$DISK/before\" >&3; exit $status";
        const CliResult result = runProgram("/bin/sh", {"-c", "exec unshare -m sh -c \"$0\" 3>\"$1\"", script, path("kept")}, {{"CLI", cliPath()}});
        QCOMPARE(contents(path("kept")), QByteArray("kept\n"));
        if (result.status == 0) { // an answer of a hundred bytes may still fit
            QVERIFY(command.contains("classify"));
            return;
        }
        QVERIFY2(result.status == 1, result.err);
        const std::vector<Json> errors = result.errors();
        QVERIFY2(errors.size() == 1, result.err);
        QCOMPARE(errors[0].value("code", ""), std::string("io.disk_full"));
    }
};

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_cli_bad_input.moc"
