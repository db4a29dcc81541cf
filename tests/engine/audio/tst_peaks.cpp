// The peaks pyramid against peaks counted plainly.
#include "engine/audio/peaks.h"

#include <QTest>

#include <cmath>
#include <limits>

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

Peak plainPeak(const std::vector<std::int16_t>& samples, std::size_t from, std::size_t to)
{
    Peak peak{1, -1, 0};
    double energy = 0;
    for (std::size_t i = from; i < to; ++i) {
        const float value = static_cast<float>(samples[i]) / 32768.0f;
        peak.lowest = std::min(peak.lowest, value);
        peak.highest = std::max(peak.highest, value);
        energy += static_cast<double>(value) * static_cast<double>(value);
    }
    peak.effective = static_cast<float>(std::sqrt(energy / static_cast<double>(to - from)));
    return peak;
}

bool alike(const Peak& a, const Peak& b) { return a.lowest == b.lowest && a.highest == b.highest && std::abs(a.effective - b.effective) < 1e-6f; }

} // namespace

class PeaksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLevelIsRight_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 255, 256, 257, 1024, 1025, 100'000, 65'536})
            QTest::addRow("%d", count) << count;
    }
    void everyLevelIsRight()
    {
        QFETCH(int, count);
        const auto samples = noise16(static_cast<std::size_t>(count));
        const auto peaks = computePeaks({.source = memorySource(wav16(samples))});
        QVERIFY(peaks);
        QCOMPARE(peaks->samples, std::int64_t{count});
        QCOMPARE(peaks->sampleRate, 16000);
        QVERIFY(!peaks->levels.empty());
        QCOMPARE(peaks->levels.back().size(), 1u);
        std::size_t size = Peaks::blockSize;
        for (const auto& level : peaks->levels) {
            QCOMPARE(level.size(), (samples.size() + size - 1) / size);
            for (std::size_t i = 0; i < level.size(); ++i)
                QVERIFY(alike(level[i], plainPeak(samples, i * size, std::min(samples.size(), (i + 1) * size))));
            size *= Peaks::levelRatio;
        }
    }

    void piecesMakeNoDifference()
    {
        std::vector<float> samples;
        for (const std::int16_t sample : noise16(10'000))
            samples.push_back(static_cast<float>(sample) / 32768.0f);
        PeaksBuilder whole;
        whole.push(samples);
        PeaksBuilder pieces;
        for (std::size_t at = 0, size = 1; at < samples.size(); at += size, size = size * 3 + 1)
            pieces.push(std::span(samples).subspan(at, std::min(size, samples.size() - at)));
        QVERIFY(whole.finish(16000) == pieces.finish(16000));
        QVERIFY(pieces.finish(16000).levels.empty()); // it starts anew
    }

    void rangesStartWhereTheyShould()
    {
        const auto samples = noise16(48'000);
        const auto peaks = computePeaks({.source = memorySource(wav16(samples)), .start = 1, .end = 2});
        QVERIFY(peaks);
        QCOMPARE(peaks->samples, std::int64_t{16000});
        QVERIFY(alike(peaks->levels[0][3], plainPeak(samples, 16000 + 768, 16000 + 1024)));
        const auto drawn = peaksBetween(*peaks, 1.0, 2.0, 1);
        QVERIFY(alike(drawn[0], plainPeak(samples, 16000, 32000)));
    }

    void columnsCoverTheirTime()
    {
        std::vector<std::int16_t> samples(160'000, 0);
        samples[80'000] = 32767; // a click at 5 s
        const auto peaks = computePeaks({.source = memorySource(wav16(samples))});
        const auto columns = peaksBetween(*peaks, 0, 20, 200);
        QCOMPARE(columns.size(), 200u);
        for (int i = 0; i < 200; ++i)
            QCOMPARE(columns[static_cast<std::size_t>(i)].highest > 0.9f, i == 50 || (i == 49 && columns[49].highest > 0.9f));
        QCOMPARE(columns[150], Peak{}); // beyond the end
        QVERIFY(peaksBetween(*peaks, 5, 5, 10) == std::vector<Peak>(10));
        QVERIFY(peaksBetween(*peaks, 0, 1, 0).empty());
        QVERIFY(peaksBetween(*peaks, 5.0001, 5.0002, 3)[1].highest > 0.9f); // closer than a block
    }

    void notFiniteCountsAsSilence()
    {
        PeaksBuilder builder;
        builder.push(std::vector<float>{0.5f, std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity(), -0.5f});
        const Peak peak = builder.finish(8000).levels[0][0];
        QCOMPARE(peak.lowest, -0.5f);
        QCOMPARE(peak.highest, 0.5f);
        QVERIFY(std::isfinite(peak.effective));
    }
};

QTEST_GUILESS_MAIN(PeaksTest)
#include "tst_peaks.moc"
