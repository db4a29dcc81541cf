// Peaks written down and read back; what is not written by us is refused.
#include "engine/audio/peaks_bytes.h"

#include <QTest>

#include <cstring>
#include <limits>

#include "tests/support/sound_files.h"

using namespace earmark;

class PeaksBytesTest : public QObject
{
    Q_OBJECT

    static Peaks peaksOf(std::size_t samples)
    {
        std::vector<float> sound(samples);
        const auto noise = test::noise16(samples);
        for (std::size_t i = 0; i < samples; ++i)
            sound[i] = static_cast<float>(noise[i]) / 32768;
        PeaksBuilder builder;
        builder.push(sound);
        return builder.finish(16000, 1.5);
    }

private Q_SLOTS:
    void comesBackAsItWas()
    {
        for (const std::size_t samples : {0, 1, 255, 256, 257, 1024, 1025, 100000}) {
            const Peaks peaks = peaksOf(samples);
            const auto read = unpackPeaks(packPeaks(peaks));
            QVERIFY2(read, qPrintable(QString::number(samples)));
            QVERIFY(*read == peaks);
        }
    }

    void soFarIsWhatFinishWouldGive()
    {
        PeaksBuilder builder;
        const std::vector<float> first(1000, 0.5F), second(333, -0.25F);
        builder.push(first);
        const Peaks early = builder.soFar(8000, 2);
        QCOMPARE(early.samples, 1000);
        builder.push(second);
        PeaksBuilder other;
        other.push(first);
        QVERIFY(other.finish(8000, 2) == early);
        other.push(first);
        other.push(second);
        QVERIFY(other.finish(8000, 2) == builder.finish(8000, 2));
    }

    void othersBytesAreRefused()
    {
        const std::string good = packPeaks(peaksOf(5000));
        QVERIFY(unpackPeaks(good));
        QVERIFY(!unpackPeaks(""));
        for (std::size_t length = 0; length < good.size(); length += 7)
            QVERIFY(!unpackPeaks(std::string_view(good).substr(0, length)));
        QVERIFY(!unpackPeaks(good + "x"));
        for (std::size_t at = 0; at < 8; ++at) {
            std::string bad = good;
            bad[at] = '?';
            QVERIFY(!unpackPeaks(bad));
        }
        const auto with = [&](std::size_t at, auto value) {
            std::string bad = good;
            std::memcpy(bad.data() + at, &value, sizeof value);
            return unpackPeaks(bad).has_value();
        };
        QVERIFY(!with(8, std::numeric_limits<double>::quiet_NaN())); // start
        QVERIFY(!with(16, std::int64_t{-1}));                        // samples
        QVERIFY(!with(16, std::numeric_limits<std::int64_t>::max()));
        QVERIFY(!with(16, std::int64_t{6000}));
        QVERIFY(!with(24, std::int32_t{0})); // sample rate
        QVERIFY(!with(28, std::int32_t{1000000}));
        QVERIFY(!with(32, std::numeric_limits<float>::infinity())); // a peak
        QVERIFY(!with(32, 5.0F));                                   // its lowest above its highest
    }
};

QTEST_GUILESS_MAIN(PeaksBytesTest)
#include "tst_peaks_bytes.moc"
