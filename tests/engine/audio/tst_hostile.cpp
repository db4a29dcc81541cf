// Broken and hostile bytes: nothing crashes, hangs or takes all memory, and what is said is one of the room's errors.
#include "engine/audio/decode.h"
#include "engine/base/file.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <random>

#include "tests/support/encode.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

/// Ways in which files break: flipped bits, extreme numbers in headers, pieces cut out or doubled.
void mutate(Bytes& bytes, std::mt19937& random)
{
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % std::max<std::size_t>(limit, 1); };
    const std::size_t header = std::min<std::size_t>(bytes.size(), 512);
    const std::size_t changes = 1 + below(4);
    for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
        const std::size_t at = below(below(4) ? std::min(header, bytes.size()) : bytes.size());
        const auto left = bytes.size() - at;
        switch (below(5)) {
        case 0: bytes[at] ^= static_cast<std::byte>(1u << below(8)); break;
        case 1: bytes[at] = static_cast<std::byte>(std::array{0x00, 0xFF, 0x7F, 0x80}[below(4)]); break;
        case 2: std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), std::min<std::size_t>(left, 4), static_cast<std::byte>(below(2) ? 0xFF : 0x00)); break;
        case 3: bytes.resize(at); break;
        default: bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + std::min<std::size_t>(left, 1 + below(16)))); break;
        }
    }
}

bool isExpected(const Error& error)
{
    for (const char* code : {"audio.not_audio", "audio.empty", "audio.not_finite", "audio.unsupported", "io.unreadable"})
        if (error.code == code)
            return error.message.find("“hostile") != std::string::npos && error.message.ends_with('.');
    return false;
}

} // namespace

class HostileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    Bytes encoded(const std::string& codec, const std::string& suffix)
    {
        const std::string file = folder_.path().toStdString() + "/seed." + suffix;
        std::vector<float> sound;
        for (const std::int16_t sample : noise16(48'000 / 4))
            sound.push_back(static_cast<float>(sample) / 65536.0f);
        if (!encodeSound(file, {.codec = codec, .suffix = suffix, .rate = 48000}, sound))
            return {};
        Bytes bytes;
        appendText(bytes, readFile(file).value());
        return bytes;
    }

private Q_SLOTS:
    void mutationsAreSurvived_data()
    {
        QTest::addColumn<QString>("codec");
        QTest::addColumn<QString>("suffix");
        QTest::newRow("wav") << "" << "wav";
        QTest::newRow("wav, extensible RF64") << "rf64" << "wav";
        QTest::newRow("flac") << "flac" << "flac";
        QTest::newRow("mp3") << "libmp3lame" << "mp3";
        QTest::newRow("ogg") << "libvorbis" << "ogg";
        QTest::newRow("opus") << "libopus" << "opus";
        QTest::newRow("m4a") << "aac" << "m4a";
        QTest::newRow("aiff") << "pcm_s16be" << "aiff";
        QTest::newRow("mkv") << "flac" << "mkv";
        QTest::newRow("adpcm") << "adpcm_ms" << "wav";
    }
    void mutationsAreSurvived()
    {
        QFETCH(QString, codec);
        QFETCH(QString, suffix);
        const bool plain = codec.isEmpty() || codec == "rf64";
        const WavShape shape{.rate = 48000, .channels = 2, .extensible = !codec.isEmpty(), .rf64 = !codec.isEmpty()};
        const Bytes seed = plain ? wavBytes(shape, payloadOf(noise16(4800))) : encoded(codec.toStdString(), suffix.toStdString());
        QVERIFY2(!seed.empty(), "this FFmpeg lacks the encoder");
        QVERIFY(decodeAudio({.source = memorySource(seed, "hostile")}));
        std::mt19937 random(7);
        int read = 0;
        const int rounds = plain ? 1000 : 250;
        for (int i = 0; i < rounds; ++i) {
            Bytes bytes = seed;
            mutate(bytes, random);
            const AudioSource source = memorySource(std::move(bytes), "hostile." + suffix.toStdString());
            const auto waveform = decodeAudio({.source = source, .start = 0, .end = 30}, {.sampleRate = 16000});
            read += waveform.has_value();
            if (!waveform)
                QVERIFY2(isExpected(waveform.error()), waveform.error().message.c_str());
            const auto facts = probeAudio(source);
            if (!facts)
                QVERIFY2(isExpected(facts.error()), facts.error().message.c_str());
            else
                QVERIFY(facts->sampleRate > 0 && facts->channels > 0 && facts->duration >= 0);
        }
        QVERIFY(read > 0 || suffix == "opus"); // the mutations are not all deadly, but where one checksum covers the whole file
    }

    void everyPrefixOfAWavIsSurvived()
    {
        const Bytes whole = wavBytes({.extensible = true, .rf64 = true}, payloadOf(noise16(8)));
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto waveform = decodeAudio({.source = memorySource({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}, "hostile.wav")});
            if (!waveform)
                QVERIFY2(isExpected(waveform.error()), waveform.error().message.c_str());
        }
    }

    void textIsNoSound_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("words") << QByteArray("This is not a sound.\n").repeated(50);
        QTest::newRow("playlist") << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://localhost/a.ts\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
        QTest::newRow("concat script") << QByteArray("ffconcat version 1.0\nfile '/dev/zero'\n");
        QTest::newRow("sdp") << QByteArray("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 96\na=rtpmap:96 L16/44100\n");
        QTest::newRow("zeros") << QByteArray(100'000, '\0');
        QTest::newRow("ones") << QByteArray(100'000, '\xFF');
    }
    void textIsNoSound()
    {
        QFETCH(QByteArray, content);
        Bytes bytes;
        appendText(bytes, content.toStdString());
        for (const char* name : {"hostile.wav", "hostile.m3u8", "hostile.txt", "hostile.sdp", "hostile"}) {
            const auto waveform = decodeAudio({.source = memorySource(bytes, name)});
            QVERIFY(!waveform);
            QVERIFY2(waveform.error().code == "audio.not_audio", waveform.error().message.c_str());
            QVERIFY(isExpected(waveform.error()));
        }
    }

    void aPromiseOfMuchTakesNoMemory()
    {
        for (const bool rf64 : {false, true}) {
            WavShape shape{.rate = 384'000, .channels = 8, .rf64 = rf64};
            shape.statedSize = rf64 ? std::int64_t{1} << 60 : 0xFFFFFFF0;
            const auto waveform = decodeAudio({.source = memorySource(wavBytes(shape, payloadOf(noise16(8000))), "hostile.wav")}, {.sampleRate = 16000});
            QVERIFY(waveform);
            QCOMPARE(waveform->warnings.size(), 1u);
            QVERIFY(waveform->samples.size() < 100);
        }
    }
};

QTEST_GUILESS_MAIN(HostileTest)
#include "tst_hostile.moc"
