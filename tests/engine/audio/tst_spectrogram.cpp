// Spectrogram tiles: tones show where and as loud as they are, on every axis and at every zoom.
#include "engine/audio/spectrogram.h"

#include <QTest>

#include <cmath>
#include <numbers>

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

constexpr int rate = 16000;

/// Four seconds: a tone of `hertz` and amplitude ½ from 1 s to 3 s.
AudioSource tone(double hertz)
{
    std::vector<float> samples(4 * rate);
    for (std::size_t i = rate; i < 3 * rate; ++i)
        samples[i] = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return memorySource(wavBytes({.rate = rate, .bits = 32, .isFloat = true}, payloadOf(samples)));
}

int loudestRow(const SpectrogramTile& tile, int column)
{
    int best = 0;
    for (int row = 1; row < tile.rows; ++row)
        if (tile.at(column, row) > tile.at(column, best))
            best = row;
    return best;
}

} // namespace

class SpectrogramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tonesLieOnTheirRow_data()
    {
        QTest::addColumn<int>("axis");
        QTest::addColumn<double>("hertz");
        for (const double hertz : {250.0, 1000.0, 4000.0, 7000.0}) {
            QTest::addRow("linear %g", hertz) << 0 << hertz;
            QTest::addRow("mel %g", hertz) << 1 << hertz;
            QTest::addRow("logarithmic %g", hertz) << 2 << hertz;
        }
    }
    void tonesLieOnTheirRow()
    {
        QFETCH(int, axis);
        QFETCH(double, hertz);
        const auto tile = spectrogramTile({.source = tone(hertz), .start = 1.5, .end = 2.5}, 20, 128, {.axis = static_cast<FrequencyAxis>(axis)});
        QVERIFY(tile);
        const double low = tile->lowest;
        const double high = tile->highest;
        QCOMPARE(high, 8000.0);
        const auto mel = [](double f) { return 2595 * std::log10(1 + f / 700); };
        const double share = axis == 0 ? (hertz - low) / (high - low) : axis == 1 ? (mel(hertz) - mel(low)) / (mel(high) - mel(low)) : std::log(hertz / low) / std::log(high / low);
        for (int column = 0; column < 20; ++column) {
            const int row = loudestRow(*tile, column);
            QVERIFY2(std::abs(row + 0.5 - share * 128) <= 1.5, qPrintable(QString("row %1 of %2").arg(row).arg(share * 128)));
            QVERIFY(tile->at(column, row) < -5.9f && tile->at(column, row) > -8); // amplitude ½: −6 dB, a little less between two bins
        }
    }

    void fullScaleReachesZero()
    {
        std::vector<float> samples(rate);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<float>(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / rate)); // bin 64 of 1024
        const AudioSource source = memorySource(wavBytes({.rate = rate, .bits = 32, .isFloat = true}, payloadOf(samples)));
        const auto tile = spectrogramTile({.source = source, .start = 0.4, .end = 0.6}, 3, 4096);
        QVERIFY(std::abs(tile->at(1, 512)) < 0.3f); // row 512: 1000 Hz of 8000, a sixteenth of a bin beside it
    }

    void timesAreRightAtEveryZoom_data()
    {
        QTest::addColumn<int>("columns");
        for (const int columns : {4, 40, 400, 4000})
            QTest::addRow("%d", columns) << columns;
    }
    void timesAreRightAtEveryZoom()
    {
        QFETCH(int, columns);
        const auto tile = spectrogramTile({.source = tone(1000), .start = 0, .end = 4}, columns, 16, {.window = 64});
        QVERIFY(tile);
        for (int column = 0; column < columns; ++column) {
            const double time = (column + 0.5) * 4 / columns;
            const bool nearEdge = std::abs(time - 1) < 0.02 || std::abs(time - 3) < 0.02;
            if (!nearEdge)
                QCOMPARE(tile->at(column, 2) > -60 || tile->at(column, 1) > -60, time > 1 && time < 3); // 1000 Hz: the edge of rows 1 and 2
        }
    }

    void tilesFitTogether()
    {
        const AudioSource source = memorySource(wav16(noise16(30 * rate), rate));
        const auto whole = spectrogramTile({.source = source, .start = 12, .end = 16}, 64, 32);
        const auto second = spectrogramTile({.source = source, .start = 14, .end = 16}, 32, 32);
        QVERIFY(whole && second);
        for (int column = 0; column < 32; ++column)
            for (int row = 0; row < 32; ++row)
                QVERIFY(std::abs(whole->at(column + 32, row) - second->at(column, row)) < 1e-3f);
    }

    void beyondTheEndIsSilence()
    {
        const auto tile = spectrogramTile({.source = memorySource(wav16(noise16(1000), rate)), .start = 0, .end = 1}, 10, 8, {.floor = -90});
        QVERIFY(tile);
        QVERIFY(tile->at(0, 4) > -60);
        for (int column = 2; column < 10; ++column)
            QCOMPARE(tile->at(column, 4), -90.0f);
    }

    void senselessSizesAreRefused()
    {
        const AudioSource source = memorySource(wav16(noise16(1000), rate));
        QVERIFY(!spectrogramTile({.source = source, .start = 0}, 10, 10));
        QVERIFY(!spectrogramTile({.source = source, .start = 0, .end = 1}, 0, 10));
        QVERIFY(!spectrogramTile({.source = source, .start = 0, .end = 1}, 10, 1 << 20));
        QVERIFY(!spectrogramTile({.source = source, .start = 1, .end = 1}, 10, 10));
        QVERIFY(spectrogramTile({.source = source, .start = 0, .end = 1}, 1, 1, {.window = 7, .axis = FrequencyAxis::logarithmic, .lowest = 1e9, .highest = 1}));
    }
};

QTEST_GUILESS_MAIN(SpectrogramTest)
#include "tst_spectrogram.moc"
