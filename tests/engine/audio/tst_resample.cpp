// Resampling: the same numbers as libswresample gives with its defaults, whole and in ranges, at sane and absurd rates.
#include "engine/audio/decode.h"

#include <QTest>

#include <array>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

/// All at once, as plainly as the library allows.
std::vector<float> reference(const std::vector<float>& in, int from, int to)
{
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    SwrContext* context = nullptr;
    swr_alloc_set_opts2(&context, &mono, AV_SAMPLE_FMT_FLT, to, &mono, AV_SAMPLE_FMT_FLT, from, 0, nullptr);
    swr_init(context);
    std::vector<float> out(in.size() * static_cast<std::size_t>(to) / static_cast<std::size_t>(from) + 100'000);
    auto* target = reinterpret_cast<std::uint8_t*>(out.data());
    const auto* source = reinterpret_cast<const std::uint8_t*>(in.data());
    int made = swr_convert(context, &target, static_cast<int>(out.size()), &source, static_cast<int>(in.size()));
    target = reinterpret_cast<std::uint8_t*>(out.data() + made);
    made += swr_convert(context, &target, static_cast<int>(out.size()) - made, nullptr, 0);
    out.resize(static_cast<std::size_t>(made));
    swr_free(&context);
    return out;
}

std::vector<float> floats(const std::vector<std::int16_t>& samples)
{
    std::vector<float> result(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
        result[i] = static_cast<float>(samples[i]) / 32768.0f;
    return result;
}

} // namespace

class ResampleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheLibrary_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        for (const auto& [from, to] : std::vector<std::array<int, 2>>{{44100, 16000}, {48000, 16000}, {22050, 16000}, {8000, 16000}, {16000, 48000}, {11025, 22050}, {384000, 16000}, {44101, 16000}})
            QTest::addRow("%d to %d", from, to) << from << to;
    }
    void equalsTheLibrary()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        const auto samples = noise16(static_cast<std::size_t>(from) * 3 / 2 + 17);
        const auto source = memorySource(wav16(samples, from));
        const auto whole = decodeAudio({.source = source}, {.sampleRate = to});
        QVERIFY(whole);
        QCOMPARE(whole->sampleRate, to);
        QCOMPARE(whole->samples, reference(floats(samples), from, to));
        const double exact = static_cast<double>(samples.size()) * to / from;
        QVERIFY(std::abs(static_cast<double>(whole->samples.size()) - exact) <= 1);

        const auto part = decodeAudio({.source = source, .start = 0.5, .end = 1.25}, {.sampleRate = to});
        QVERIFY(part);
        const auto first = std::llround(0.5 * from);
        const auto last = std::llround(1.25 * from);
        QCOMPARE(part->samples, reference(floats({samples.begin() + first, samples.begin() + last}), from, to));
    }

    void aToneKeepsItsHeight()
    {
        std::vector<float> tone(44100);
        for (std::size_t i = 0; i < tone.size(); ++i)
            tone[i] = static_cast<float>(0.5 * std::sin(2 * M_PI * 1000 * static_cast<double>(i) / 44100));
        const auto waveform = decodeAudio({.source = memorySource(wavBytes({.rate = 44100, .bits = 32, .isFloat = true}, payloadOf(tone)))}, {.sampleRate = 16000});
        QVERIFY(waveform);
        double worst = 0;
        for (std::size_t i = 1000; i < 15000; ++i)
            worst = std::max(worst, std::abs(static_cast<double>(waveform->samples[i]) - 0.5 * std::sin(2 * M_PI * 1000 * static_cast<double>(i) / 16000)));
        QVERIFY2(worst < 1e-3, qPrintable(QString::number(worst)));
    }

    void eightChannelsAt384kHz()
    {
        const auto frame = noise16(384'000);
        std::vector<std::int16_t> samples;
        for (const std::int16_t value : frame)
            samples.insert(samples.end(), 8, value);
        const auto waveform = decodeAudio({.source = memorySource(wav16(samples, 384'000, 8))}, {.sampleRate = 16000});
        QVERIFY(waveform);
        QCOMPARE(waveform->samples, reference(floats(frame), 384'000, 16000));
    }

    void fewSamplesWork()
    {
        const auto five = decodeAudio({.source = memorySource(wav16({16384, 16384, 16384, 16384, 16384}, 8000))}, {.sampleRate = 16000});
        QVERIFY(five);
        QCOMPARE(five->samples.size(), 10u);
        QVERIFY(std::abs(five->samples[4] - 0.5f) < 0.1f);
        for (const int from : {8000, 16000, 24000, 44100}) {
            const auto waveform = decodeAudio({.source = memorySource(wav16({16384}, from))}, {.sampleRate = 16000});
            QVERIFY2(waveform, waveform ? "" : waveform.error().message.c_str());
            QVERIFY(!waveform->samples.empty());
        }
    }

    void absurdRatesAreRefused()
    {
        for (const int from : {1, 15, 2'000'000'000}) {
            const auto waveform = decodeAudio({.source = memorySource(wav16(noise16(100), from))}, {.sampleRate = 16000});
            QVERIFY(!waveform);
            QCOMPARE(waveform.error().code, std::string("audio.unsupported"));
        }
    }
};

QTEST_GUILESS_MAIN(ResampleTest)
#include "tst_resample.moc"
