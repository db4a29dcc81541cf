// Every format that FFmpeg reads: whole files, and ranges at awkward places against the same stretch of the whole.
#include "engine/audio/decode.h"
#include "engine/base/file.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <thread>

#include "tests/support/encode.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

constexpr double seconds = 14; // ranges beyond the first ten are found by seeking

/// Tones that glide, and noise: no stretch is like another.
std::vector<float> testSound(int rate)
{
    const auto noise = noise16(static_cast<std::size_t>(rate * seconds));
    std::vector<float> sound(noise.size());
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double t = static_cast<double>(i) / rate;
        sound[i] = static_cast<float>(0.3 * std::sin(6.2832 * (200 + 40 * t) * t) + 0.2 * std::sin(6.2832 * (1500 - 30 * t) * t)) + static_cast<float>(noise[i]) / 32768.0f * 0.2f;
    }
    return sound;
}

double worstDifference(const std::vector<float>& whole, const std::vector<float>& part, std::size_t first)
{
    double worst = 0;
    for (std::size_t i = 0; i < part.size(); ++i)
        worst = std::max(worst, std::abs(static_cast<double>(part[i]) - static_cast<double>(whole[first + i])));
    return worst;
}

/// How alike two sounds are at their best, from 0 to 1; a shift by one sample shows in noise.
double likeness(const std::vector<float>& a, const std::vector<float>& b)
{
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        ab += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        aa += static_cast<double>(a[i]) * static_cast<double>(a[i]);
        bb += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return ab / std::sqrt(aa * bb);
}

} // namespace

class FormatsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    void addFormats()
    {
        QTest::addColumn<QString>("codec");
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<int>("rate");
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("withVideo");
        QTest::addColumn<bool>("lossless");
        QTest::newRow("flac") << "flac" << "flac" << 44100 << "" << false << true;
        QTest::newRow("flac in ogg") << "flac" << "ogg" << 44100 << "" << false << true;
        QTest::newRow("flac in mkv") << "flac" << "mkv" << 44100 << "" << false << true;
        QTest::newRow("mp3") << "libmp3lame" << "mp3" << 44100 << "" << false << false;
        QTest::newRow("mp3, 24 kbit/s") << "libmp3lame" << "mp3" << 22050 << "b=24000" << false << false;
        QTest::newRow("mp3, variable") << "libmp3lame" << "mp3" << 48000 << "global_quality=236:flags=+qscale" << false << false;
        QTest::newRow("mp2") << "mp2" << "mp2" << 44100 << "" << false << false;
        QTest::newRow("vorbis") << "libvorbis" << "ogg" << 44100 << "" << false << false;
        QTest::newRow("vorbis in webm") << "libvorbis" << "webm" << 44100 << "" << false << false;
        QTest::newRow("opus") << "libopus" << "opus" << 48000 << "" << false << false;
        QTest::newRow("opus, speech") << "libopus" << "opus" << 48000 << "b=16000:application=voip" << false << false;
        QTest::newRow("opus in webm") << "libopus" << "webm" << 48000 << "" << false << false;
        QTest::newRow("aac in m4a") << "aac" << "m4a" << 44100 << "aac_pns=0" << false << false;
        QTest::newRow("aac") << "aac" << "aac" << 44100 << "aac_pns=0" << false << false;
        QTest::newRow("alac") << "alac" << "m4a" << 44100 << "" << false << true;
        QTest::newRow("aiff") << "pcm_s16be" << "aiff" << 44100 << "" << false << true;
        QTest::newRow("au") << "pcm_s16be" << "au" << 44100 << "" << false << true;
        QTest::newRow("caf") << "pcm_s16be" << "caf" << 44100 << "" << false << true;
        QTest::newRow("a-law wav") << "pcm_alaw" << "wav" << 16000 << "" << false << false;
        QTest::newRow("adpcm wav") << "adpcm_ms" << "wav" << 22050 << "" << false << false;
        QTest::newRow("wavpack") << "wavpack" << "wv" << 44100 << "" << false << true;
        QTest::newRow("wma") << "wmav2" << "wma" << 44100 << "" << false << false;
        QTest::newRow("video mp4") << "aac" << "mp4" << 48000 << "aac_pns=0" << true << false;
        QTest::newRow("video mkv") << "libopus" << "mkv" << 48000 << "" << true << false;
        QTest::newRow("video ts") << "mp2" << "ts" << 44100 << "" << true << false;
        QTest::newRow("video avi") << "libmp3lame" << "avi" << 44100 << "" << true << false;
    }

    /// The path of the row's file, made on first use; empty where it cannot be made.
    std::string made()
    {
        QFETCH(QString, codec);
        QFETCH(QString, suffix);
        QFETCH(int, rate);
        QFETCH(QString, options);
        QFETCH(bool, withVideo);
        const std::string file = path(QByteArray(QTest::currentDataTag()).toHex().toStdString() + "." + suffix.toStdString());
        const Encoding encoding{.codec = codec.toStdString(), .suffix = suffix.toStdString(), .rate = rate, .withVideo = withVideo, .options = options.toStdString()};
        if (QFile::exists(QString::fromStdString(file)))
            return file;
        return encodeSound(file, encoding, testSound(rate)) ? file : std::string();
    }

private Q_SLOTS:
    void wholeFilesSoundAsTheyWereMade_data() { addFormats(); }
    void wholeFilesSoundAsTheyWereMade()
    {
        QFETCH(int, rate);
        QFETCH(bool, lossless);
        const std::string file = made();
        QVERIFY2(!file.empty(), "this FFmpeg lacks the encoder");
        const auto waveform = decodeAudio({.source = {.path = file}});
        QVERIFY2(waveform, waveform ? "" : waveform.error().message.c_str());
        QVERIFY2(waveform->warnings.empty(), waveform->warnings.empty() ? "" : waveform->warnings[0].message.c_str());
        QCOMPARE(waveform->sampleRate, rate);
        const auto original = testSound(rate);
        QVERIFY(std::abs(static_cast<double>(waveform->samples.size()) - static_cast<double>(original.size())) < 0.1 * rate);
        if (lossless) {
            QCOMPARE(waveform->samples.size(), original.size());
            QVERIFY(worstDifference(original, waveform->samples, 0) <= 0.51 / 32768); // rounded to 16 bits by the encoder
        }
        const auto facts = probeAudio({.path = file});
        QVERIFY(facts);
        QCOMPARE(facts->sampleRate, rate);
        QCOMPARE(facts->channels, 1);
        QVERIFY(std::abs(facts->duration - seconds) < 1.5); // raw streams only estimate it
    }

    void rangesEqualTheWhole_data() { addFormats(); }
    void rangesEqualTheWhole()
    {
        QFETCH(QString, codec);
        const std::string file = made();
        QVERIFY2(!file.empty(), "this FFmpeg lacks the encoder");
        const AudioSource source{.path = file};
        const auto whole = decodeAudio({.source = source});
        QVERIFY(whole);
        const double rate = whole->sampleRate;
        const auto count = static_cast<double>(whole->samples.size());
        const double end = count / rate;
        const double most = codec == "libopus" ? 1e-5 : 1e-6; // the resampler inside the Opus decoder does not start where it stopped
        const std::vector<std::pair<double, double>> ranges{{0, 0.01}, {1 / rate, 3}, {9.999, 10.001}, {10.0001, 10.5}, {12.34567, 12.34567 + 1 / rate}, {11.1, 13.9},
                                                            {13.37, 13.99}, {13.9, end}, {end - 1 / rate, end}, {13.5, 99}};
        for (const auto& [from, to] : ranges) {
            const auto part = decodeAudio({.source = source, .start = from, .end = to});
            QVERIFY2(part, part ? "" : part.error().message.c_str());
            const auto first = std::llround(from * rate);
            const auto last = std::min(std::llround(to * rate), static_cast<long long>(count));
            QCOMPARE(static_cast<long long>(part->samples.size()), last - first);
            QVERIFY2(worstDifference(whole->samples, part->samples, static_cast<std::size_t>(first)) < most, qPrintable(QString::number(from)));
            QCOMPARE(part->warnings.size(), to > end + 1 ? 1u : 0u);
        }
        const auto beyond = decodeAudio({.source = source, .start = 30, .end = 31});
        QCOMPARE(beyond ? "no error" : beyond.error().code, std::string("audio.empty"));
    }

    void filesCutShortGiveWhatTheyHave_data()
    {
        QTest::addColumn<QString>("codec");
        QTest::addColumn<QString>("suffix");
        QTest::newRow("mp3") << "libmp3lame" << "mp3";
        QTest::newRow("flac") << "flac" << "flac";
        QTest::newRow("aiff") << "pcm_s16be" << "aiff";
        QTest::newRow("m4a") << "aac" << "m4a";
    }
    void filesCutShortGiveWhatTheyHave()
    {
        QFETCH(QString, codec);
        QFETCH(QString, suffix);
        const std::string file = path("whole." + suffix.toStdString());
        const std::string container = suffix == "m4a" ? "movflags=faststart" : ""; // else the end of the file is its table of contents
        QVERIFY(encodeSound(file, {.codec = codec.toStdString(), .suffix = suffix.toStdString(), .containerOptions = container}, testSound(44100)));
        const auto whole = decodeAudio({.source = {.path = file}});
        const std::string content = readFile(file).value();
        Bytes half;
        appendText(half, content.substr(0, content.size() / 2 + 77));
        const auto part = decodeAudio({.source = memorySource(half, "half." + suffix.toStdString())});
        QVERIFY2(part, part ? "" : part.error().message.c_str());
        QVERIFY(part->samples.size() > whole->samples.size() / 3 && part->samples.size() < whole->samples.size() * 2 / 3);
        QVERIFY(!part->warnings.empty());
        QVERIFY2(part->warnings[0].message.find("“half.") != std::string::npos, part->warnings[0].message.c_str());
        const auto safely = part->samples.size() - 8192; // the last packet may be half a one
        QVERIFY(worstDifference(whole->samples, {part->samples.begin(), part->samples.begin() + static_cast<std::ptrdiff_t>(safely)}, 0) < 1e-6);
    }

    void channelsAreAveragedInFloat()
    {
        const std::string file = path("stereo.flac");
        QVERIFY(encodeSound(file, {.codec = "flac", .suffix = "flac", .channels = 2}, testSound(44100)));
        const auto both = decodeAudio({.source = {.path = file}, .start = 11, .end = 12});
        const auto left = decodeAudio({.source = {.path = file}, .start = 11, .end = 12}, {.channel = {0}});
        QVERIFY(both && left);
        QCOMPARE(both->samples, left->samples); // the channels are alike
        QCOMPARE(decodeAudio({.source = {.path = file}}, {.channel = {2}}).error().code, std::string("audio.unsupported"));
    }

    void nistSphereIsRead()
    {
        const auto samples = noise16(16000 * 12);
        Bytes bytes;
        std::string header = "NIST_1A\n   1024\nsample_count -i " + std::to_string(samples.size()) +
                             "\nsample_n_bytes -i 2\nchannel_count -i 1\nsample_byte_format -s2 01\nsample_rate -i 16000\nsample_coding -s3 pcm\nend_head\n";
        header.resize(1024, ' ');
        appendText(bytes, header);
        const Bytes payload = payloadOf(samples);
        bytes.insert(bytes.end(), payload.begin(), payload.end());
        const auto source = memorySource(bytes, "sa1.wav"); // TIMIT calls them so
        QCOMPARE(decodeAudio({.source = source})->samples.size(), samples.size());
        const auto part = decodeAudio({.source = source, .start = 11, .end = 11.5});
        QVERIFY(part);
        for (std::size_t i = 0; i < 8000; ++i)
            QCOMPARE(part->samples[i], static_cast<float>(samples[11 * 16000 + i]) / 32768.0f);
    }

    void bytesInTheMiddleOfAFile()
    {
        const std::string file = path("alone.flac");
        QVERIFY(encodeSound(file, {.codec = "flac", .suffix = "flac"}, testSound(44100)));
        const std::string content = readFile(file).value();
        Bytes wrapped;
        appendText(wrapped, std::string(1000, 'x') + content + std::string(5000, 'y'));
        writeBytes(path("wrapped"), wrapped);
        const AudioSource source{.path = path("wrapped"), .offset = 1000, .length = content.size()};
        for (const double start : {0.0, 12.5}) {
            const auto alone = decodeAudio({.source = {.path = file}, .start = start});
            const auto inside = decodeAudio({.source = source, .start = start});
            QVERIFY(alone && inside);
            QCOMPARE(inside->samples, alone->samples);
        }
    }

    void decodedPositionsAreRight()
    {
        const std::string file = path("position.mp3");
        QVERIFY(encodeSound(file, {.codec = "libmp3lame", .suffix = "mp3", .options = "b=320000"}, testSound(44100)));
        const auto part = decodeAudio({.source = {.path = file}, .start = 11, .end = 13});
        const auto original = testSound(44100);
        QVERIFY(part);
        QVERIFY(likeness(part->samples, {original.begin() + 11 * 44100, original.begin() + 13 * 44100}) > 0.95);
        QVERIFY(likeness(part->samples, {original.begin() + 11 * 44100 + 20, original.begin() + 13 * 44100 + 20}) < 0.9);
    }

    void severalThreadsReadOneFile()
    {
        const std::string file = path("shared.mp3");
        QVERIFY(encodeSound(file, {.codec = "libmp3lame", .suffix = "mp3"}, testSound(44100)));
        const AudioClip clip{.source = {.path = file}, .start = 12, .end = 12.5};
        std::vector<std::vector<float>> results(4);
        {
            std::vector<std::jthread> threads;
            for (auto& result : results)
                threads.emplace_back([&result, &clip] { result = decodeAudio(clip).value().samples; });
        }
        for (const auto& result : results)
            QCOMPARE(result, results[0]);
        QCOMPARE(results[0].size(), 22050u);
    }

    void aChangedFileIsReadAnew()
    {
        const std::string file = path("changing.flac");
        QVERIFY(encodeSound(file, {.codec = "flac", .suffix = "flac"}, testSound(44100)));
        const AudioClip clip{.source = {.path = file}, .start = 12, .end = 12.5};
        const auto before = decodeAudio(clip);
        std::vector<float> quiet = testSound(44100);
        for (float& sample : quiet)
            sample *= 0.25f;
        QVERIFY(encodeSound(file, {.codec = "flac", .suffix = "flac"}, quiet));
        const auto after = decodeAudio(clip);
        QVERIFY(before && after);
        QVERIFY(std::abs(after->samples[100] - before->samples[100] / 4) <= 1.0f / 32768);
    }
};

QTEST_GUILESS_MAIN(FormatsTest)
#include "tst_formats.moc"
