// Where the bytes come from: odd names, things that are no files, content hashes and stamps.
#include "engine/audio/content_hash.h"
#include "engine/audio/decode.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

class SourcesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    static std::string codeOf(const std::string& path)
    {
        const auto waveform = decodeAudio({.source = {.path = path}});
        const auto facts = probeAudio({.path = path});
        const std::string decoded = waveform ? "no error" : waveform.error().code;
        const std::string probed = facts ? "no error" : facts.error().code;
        return decoded == probed ? decoded : decoded + " but probing " + probed;
    }

private Q_SLOTS:
    void namesAreBytes_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("newline") << QByteArray("a\nb.wav");
        QTest::newRow("emoji") << QByteArray("\xF0\x9F\x8E\xB5 \xF0\x9F\x90\xB1.wav");
        QTest::newRow("latin-1") << QByteArray("caf\xE9.wav");
        QTest::newRow("like an address") << QByteArray("http:host?x=1&y=%d.wav");
        QTest::newRow("like a pattern") << QByteArray("%03d*[a]?.wav");
        QTest::newRow("like an option") << QByteArray("-i.wav");
        QTest::newRow("no suffix") << QByteArray("sound");
        QTest::newRow("false suffix") << QByteArray("sound.mp3");
        QTest::newRow("long") << QByteArray(250, 'x');
    }
    void namesAreBytes()
    {
        QFETCH(QByteArray, name);
        const std::string file = path(name.toStdString());
        writeBytes(file, wav16({1, 2, 3}));
        const auto waveform = decodeAudio({.source = {.path = file}});
        QVERIFY2(waveform, waveform ? "" : waveform.error().message.c_str());
        QCOMPARE(waveform->samples.size(), 3u);
    }

    void thingsThatAreNoFiles()
    {
        QCOMPARE(::mkfifo(path("fifo").c_str(), 0600), 0);
        QCOMPARE(::symlink("loop", path("loop").c_str()), 0);
        QCOMPARE(codeOf(path("fifo")), std::string("io.unreadable")); // and at once
        QCOMPARE(codeOf(path("loop")), std::string("io.unreadable"));
        QCOMPARE(codeOf(folder_.path().toStdString()), std::string("io.unreadable"));
        QCOMPARE(codeOf("/dev/zero"), std::string("io.unreadable"));
        QCOMPARE(codeOf(path("nowhere.wav")), std::string("io.not_found"));
        QCOMPARE(codeOf(path(std::string("a\0b", 3))), std::string("io.not_found"));
        QCOMPARE(codeOf(""), std::string("io.not_found"));
        writeBytes(path("empty.wav"), {});
        QCOMPARE(codeOf(path("empty.wav")), std::string("audio.empty"));
    }

    void errorsNameTheFileAndSayWhatToDo()
    {
        writeBytes(path("empty.wav"), {});
        for (const std::string& file : {path("empty.wav"), path("nowhere.wav"), folder_.path().toStdString()}) {
            const auto result = decodeAudio({.source = {.path = file}});
            QVERIFY(!result);
            QCOMPARE(result.error().path, file);
            QVERIFY2(result.error().message.find(quoteName(file)) != std::string::npos, result.error().message.c_str());
            QVERIFY(result.error().message.ends_with('.'));
        }
    }

    void hashIsOfTheBytes()
    {
        const Bytes bytes = wav16(noise16(200'000)); // more than one block
        writeBytes(path("one.wav"), bytes);
        writeBytes(path("two.wav"), bytes);
        const auto hash = contentHash({.path = path("one.wav")});
        QVERIFY(hash);
        QCOMPARE(hash->size(), 32u);
        QCOMPARE(contentHash({.path = path("two.wav")}).value(), *hash);
        QCOMPARE(contentHash(memorySource(bytes)).value(), *hash);
        Bytes changed = bytes;
        changed[300'001] ^= std::byte{1};
        QVERIFY(contentHash(memorySource(changed)).value() != *hash);
        Bytes wrapped(7);
        wrapped.insert(wrapped.end(), bytes.begin(), bytes.end());
        wrapped.resize(wrapped.size() + 9);
        AudioSource range = memorySource(wrapped);
        range.offset = 7;
        range.length = bytes.size();
        QCOMPARE(contentHash(range).value(), *hash);
        QCOMPARE(contentHash({.path = path("none")}).error().code, std::string("io.not_found"));
    }

    void hashIsXxh3()
    {
        Bytes bytes;
        appendText(bytes, "a"); // the reference implementation's value, so that stored hashes stay good
        QCOMPARE(contentHash(memorySource(bytes)).value(), std::string("a96faf705af16834e6c632b61e964e1f"));
    }

    void stampNoticesChange()
    {
        const std::string file = path("stamped.wav");
        writeBytes(file, wav16({1, 2, 3}));
        const auto before = fileStamp(file);
        QVERIFY(before);
        QCOMPARE(before->size, 50u);
        QCOMPARE(fileStamp(file).value(), *before);
        const timeval times[2] = {{1'000'000'000, 5}, {1'000'000'000, 5}};
        QCOMPARE(::utimes(file.c_str(), times), 0);
        QCOMPARE(fileStamp(file)->modified, std::int64_t{1'000'000'000} * 1'000'000'000 + 5000);
        QCOMPARE(fileStamp(path("none")).error().code, std::string("io.not_found"));
        QCOMPARE(fileStamp("/dev/zero").error().code, std::string("io.unreadable"));
    }
};

QTEST_GUILESS_MAIN(SourcesTest)
#include "tst_sources.moc"
