// WAV, which every build reads: the numbers, the ranges, and what is refused.
#include "engine/audio/decode.h"

#include <QTest>

#include <cmath>
#include <limits>

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

constexpr WavShape float32{.bits = 32, .isFloat = true};

Result<Waveform> decodeBytes(const Bytes& bytes, const DecodeOptions& options = {}) { return decodeAudio({.source = memorySource(bytes)}, options); }

std::string codeOf(const Result<Waveform>& result) { return result ? "no error" : result.error().code; }

} // namespace

class WavTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sixteenBitsAreExact()
    {
        const auto samples = noise16(100'000);
        const auto waveform = decodeBytes(wav16(samples), {.sampleRate = 16000});
        QVERIFY(waveform);
        QCOMPARE(waveform->sampleRate, 16000);
        QVERIFY(waveform->warnings.empty());
        QCOMPARE(waveform->samples.size(), samples.size());
        for (std::size_t i = 0; i < samples.size(); ++i)
            QCOMPARE(waveform->samples[i], static_cast<float>(samples[i]) / 32768.0f);
    }

    void everySampleType_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isFloat");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<float>("first");
        QTest::addColumn<float>("second");
        const auto raw = [](const auto& samples) {
            const Bytes bytes = payloadOf(samples);
            return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        };
        QTest::newRow("8") << 8 << false << raw(std::vector<std::uint8_t>{0, 192}) << -1.0f << 0.5f;
        QTest::newRow("16") << 16 << false << raw(std::vector<std::int16_t>{-32768, 16384}) << -1.0f << 0.5f;
        QTest::newRow("24") << 24 << false << QByteArray("\x00\x00\x80\x01\x00\x40", 6) << -1.0f << 0.5f + 0x1p-23f;
        QTest::newRow("32") << 32 << false << raw(std::vector<std::int32_t>{std::numeric_limits<std::int32_t>::min(), 1 << 30}) << -1.0f << 0.5f;
        QTest::newRow("float 32") << 32 << true << raw(std::vector<float>{-1.5f, 0.1f}) << -1.5f << 0.1f;
        QTest::newRow("float 64") << 64 << true << raw(std::vector<double>{-1.5, 0.1}) << -1.5f << 0.1f;
    }
    void everySampleType()
    {
        QFETCH(int, bits);
        QFETCH(bool, isFloat);
        QFETCH(QByteArray, payload);
        QFETCH(float, first);
        QFETCH(float, second);
        Bytes samples;
        appendText(samples, payload.toStdString());
        for (const bool extensible : {false, true})
            for (const bool rf64 : {false, true}) {
                const auto waveform = decodeBytes(wavBytes({.bits = bits, .isFloat = isFloat, .extensible = extensible, .rf64 = rf64}, samples));
                QVERIFY(waveform);
                QCOMPARE(waveform->samples, (std::vector<float>{first, second}));
            }
    }

    void channelsAreAveraged()
    {
        const Bytes bytes = wav16({-32768, 32767, 100, 3, -1, -1, 0, 7, 8}, 16000, 3);
        QCOMPARE(decodeBytes(bytes)->samples, (std::vector<float>{static_cast<float>(99.0 / 3 / 32768), static_cast<float>(1.0 / 3 / 32768), 5.0f / 32768}));
        QCOMPARE(decodeBytes(bytes, {.channel = {0}})->samples, (std::vector<float>{-1.0f, 3.0f / 32768, 0.0f}));
        QCOMPARE(decodeBytes(bytes, {.channel = {2}})->samples, (std::vector<float>{100.0f / 32768, -1.0f / 32768, 8.0f / 32768}));
        QCOMPARE(codeOf(decodeBytes(bytes, {.channel = {3}})), std::string("audio.unsupported"));
        QCOMPARE(codeOf(decodeBytes(bytes, {.channel = {-1}})), std::string("audio.unsupported"));
    }

    void rangesAreRoundedToSamples()
    {
        const auto samples = noise16(1000);
        const auto source = memorySource(wav16(samples, 11025));
        const auto waveform = decodeAudio({.source = source, .start = 0.00317, .end = 0.0713});
        QVERIFY(waveform);
        const auto first = static_cast<std::size_t>(std::llround(0.00317 * 11025));
        const auto last = static_cast<std::size_t>(std::llround(0.0713 * 11025));
        QCOMPARE(waveform->samples.size(), last - first);
        for (std::size_t i = first; i < last; ++i)
            QCOMPARE(waveform->samples[i - first], static_cast<float>(samples[i]) / 32768.0f);
    }

    void emptyRangesAreRefused()
    {
        const auto source = memorySource(wav16(noise16(100)));
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        for (const auto& [start, end] : std::vector<std::pair<double, double>>{{1, 2}, {0.001, 0.001}, {0.002, 0.001}, {-1, 1}, {nan, 1}, {0, nan}, {infinity, infinity}})
            QCOMPARE(codeOf(decodeAudio({.source = source, .start = start, .end = end})), std::string("audio.empty"));
        QVERIFY(decodeAudio({.source = source, .start = 0, .end = 1e300}));
    }

    void cutShortGivesWhatIsThere()
    {
        WavShape shape;
        shape.statedSize = 4000;
        const auto waveform = decodeBytes(wavBytes(shape, payloadOf(noise16(1000))));
        QVERIFY(waveform);
        QCOMPARE(waveform->samples.size(), 1000u);
        QCOMPARE(waveform->warnings.size(), 1u);
        QVERIFY(waveform->warnings[0].message.find("“test”") != std::string::npos);
        const auto clip = decodeAudio({.source = memorySource(wavBytes(shape, payloadOf(noise16(1000)))), .start = 0, .end = 0.05});
        QVERIFY(clip && clip->warnings.empty()); // the clip itself is whole
    }

    void streamedHeadersMeanTheRest()
    {
        for (const std::int64_t stated : {std::int64_t{0}, std::int64_t{0xFFFFFFFF}}) {
            WavShape shape;
            shape.statedSize = stated;
            const auto waveform = decodeBytes(wavBytes(shape, payloadOf(noise16(500))));
            QVERIFY(waveform);
            QCOMPARE(waveform->samples.size(), 500u);
            QVERIFY(waveform->warnings.empty());
        }
    }

    void oneSampleWorksAndNoneDoesNot()
    {
        QCOMPARE(decodeBytes(wav16({-16384}))->samples, std::vector<float>{-0.5f});
        QCOMPARE(codeOf(decodeBytes(wav16({}))), std::string("audio.empty"));
        QCOMPARE(codeOf(decodeBytes({})), std::string("audio.empty"));
    }

    void notFiniteIsRefused()
    {
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}) {
            std::vector<float> samples(1000, 0.25f);
            samples[777] = bad;
            const auto source = memorySource(wavBytes(float32, payloadOf(samples)));
            QCOMPARE(codeOf(decodeAudio({.source = source})), std::string("audio.not_finite"));
            QVERIFY(decodeAudio({.source = source, .start = 0, .end = 0.02})); // that sample is not in the range
        }
    }

    void aByteRangeIsAFileOfItsOwn()
    {
        const Bytes first = wav16(noise16(300, 1));
        const Bytes second = wav16(noise16(200, 2));
        Bytes both = first;
        both.insert(both.end(), second.begin(), second.end());
        AudioSource source = memorySource(both);
        source.offset = first.size();
        source.length = second.size();
        QCOMPARE(decodeAudio({.source = source})->samples, decodeBytes(second)->samples);
        source.offset = both.size() + 1;
        QCOMPARE(codeOf(decodeAudio({.source = source})), std::string("audio.empty"));
    }

    void factsAreTold()
    {
        const auto facts = probeAudio(memorySource(wavBytes({.rate = 48000, .channels = 2, .bits = 24}, Bytes(6 * 24000))));
        QVERIFY(facts);
        QCOMPARE(facts->sampleRate, 48000);
        QCOMPARE(facts->channels, 2);
        QCOMPARE(facts->duration, 0.5);
        QCOMPARE(facts->codec, std::string("pcm_s24le"));
        QCOMPARE(facts->bitRate, std::int64_t{48000 * 48});
    }
};

QTEST_GUILESS_MAIN(WavTest)
#include "tst_wav.moc"
