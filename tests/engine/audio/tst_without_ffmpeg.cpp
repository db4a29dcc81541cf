// What a build without FFmpeg says; compiled from the sources of such a build whatever this one is.
#include "engine/audio/decode.h"

#include <QTest>

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

class WithoutFfmpegTest : public QObject
{
    Q_OBJECT

    static std::string refusal(const AudioSource& source, int rate)
    {
        const auto result = decodeAudio({.source = source}, {.sampleRate = rate});
        return result ? "no error" : result.error().code + ": " + result.error().message;
    }

private Q_SLOTS:
    void wavAtItsOwnRateWorks()
    {
        const auto source = memorySource(wav16(noise16(100), 16000));
        QCOMPARE(decodeAudio({.source = source}, {.sampleRate = 16000})->samples.size(), 100u);
        QCOMPARE(decodeAudio({.source = source})->samples.size(), 100u);
        QCOMPARE(probeAudio(source)->sampleRate, 16000);
    }

    void allElseAsksForFfmpeg()
    {
        Bytes flac;
        appendText(flac, "fLaC and so on");
        Bytes alaw = wav16(noise16(100));
        alaw[20] = std::byte{6};
        const std::vector<std::string> refusals{refusal(memorySource(wav16(noise16(100), 44100)), 16000), refusal(memorySource(flac), 0), refusal(memorySource(alaw), 0)};
        for (const std::string& refused : refusals) {
            QVERIFY2(refused.starts_with("audio.unsupported: "), refused.c_str());
            QVERIFY2(refused.find("“test”") != std::string::npos && refused.find("FFmpeg") != std::string::npos, refused.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(WithoutFfmpegTest)
#include "tst_without_ffmpeg.moc"
