// What a build without FFmpeg says; compiled from the sources of such a build whatever this one is.
#include "engine/audio/decode.h"

#include <QTest>

#include <cmath>

#include "engine/audio/time_stretch.h"

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

    void playsAtTheNaturalSpeedAlone()
    {
        QVERIFY(!canStretchTime());
        QCOMPARE(makeTimeStretch(16000, 48000, 2).error().code, std::string("audio.unsupported"));
        auto stretch = makeTimeStretch(16000, 48000, 1);
        QVERIFY(stretch);
        std::vector<float> ramp(1000), out;
        for (std::size_t i = 0; i < ramp.size(); ++i)
            ramp[i] = static_cast<float>(i);
        QVERIFY((*stretch)->push(std::span(ramp).first(333), out) && (*stretch)->push(std::span(ramp).subspan(333), out) && (*stretch)->finish(out));
        QVERIFY(out.size() > 2990 && out.size() <= 3000);
        for (std::size_t i = 0; i < out.size(); ++i)
            QVERIFY(std::abs(out[i] - static_cast<float>(i) / 3) < 0.01F);
    }
};

QTEST_GUILESS_MAIN(WithoutFfmpegTest)
#include "tst_without_ffmpeg.moc"
