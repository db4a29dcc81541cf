// The player behind the window, heard by a device that takes samples in real time.
#include "ui/models/transport.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/audio/decode.h"
#include "engine/audio/time_stretch.h"
#include "tests/support/gui.h"
#include "tests/support/real_time_output.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

constexpr int rate = 16000;

/// Every sample says where it stands: a ramp of `seconds` from 0.1 to 0.9.
PlayableClip ramp(double seconds)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(std::lround(32767 * (0.1 + 0.8 * static_cast<double>(i) / static_cast<double>(samples.size()))));
    return {.audio = {.source = memorySource(wav16(samples, rate))}, .title = "ramp", .duration = seconds};
}

PlayableClip tone(double hertz, double seconds)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(std::lround(16000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate)));
    return {.audio = {.source = memorySource(wav16(samples, rate))}, .title = "tone", .duration = seconds};
}

float largestStep(const std::vector<float>& samples)
{
    float largest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
    return largest;
}

/// Without the silence before.
std::vector<float> soundOf(const std::vector<float>& heard)
{
    return {std::ranges::find_if(heard, [](float sample) { return sample != 0; }), heard.end()};
}

/// Hertz of what is heard, by its upward crossings of zero in the middle half.
double pitchOf(const std::vector<float>& samples)
{
    int crossings = 0;
    const std::size_t first = samples.size() / 4, last = samples.size() * 3 / 4;
    for (std::size_t i = first + 1; i < last; ++i)
        crossings += samples[i - 1] < 0 && samples[i] >= 0;
    return static_cast<double>(crossings) * rate / static_cast<double>(last - first);
}

} // namespace

class TransportTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<RealTimeOutput::Record> record_;
    std::unique_ptr<Transport> player_;

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void init()
    {
        record_ = std::make_shared<RealTimeOutput::Record>();
        player_ = std::make_unique<Transport>();
        player_->setOutput(std::make_unique<RealTimeOutput>(record_, rate));
    }

    void cleanup() { player_.reset(); }

    void playsToTheEndAndSaysSo()
    {
        QSignalSpy finished(player_.get(), &Transport::finished);
        player_->load(ramp(0.5));
        player_->play();
        QVERIFY(player_->isPlaying());
        QVERIFY(finished.wait(3000));
        QVERIFY(!player_->isPlaying());
        QCOMPARE(player_->position(), 0.5);
        QCOMPARE(player_->starved(), 0u);
        const auto heard = record_->taken();
        QVERIFY(std::abs(*std::ranges::max_element(heard) - 0.9F) < 0.01F);
        player_->play(); // from the start again
        QVERIFY(player_->position() < 0.3);
    }

    void positionFollowsWhatIsHeard()
    {
        player_->load(ramp(5));
        player_->play();
        QElapsedTimer clock;
        QTRY_VERIFY(player_->position() > 0.02);
        clock.start();
        const double from = player_->position();
        QTRY_VERIFY_WITH_TIMEOUT(player_->position() > from + 0.5, 3000);
        QVERIFY2(std::abs(clock.elapsed() / 1000.0 - 0.5) < 0.15, qPrintable(QString::number(clock.elapsed())));
    }

    void pauseFadesAndStays()
    {
        player_->load(ramp(5));
        player_->play();
        QTRY_VERIFY(player_->position() > 0.2);
        player_->pause();
        QVERIFY(!player_->isPlaying());
        QTRY_VERIFY(!record_->taken().empty() && record_->taken().back() == 0.0F);
        QVERIFY(player_->position() < 0.6);
        QVERIFY2(largestStep(record_->taken()) < 0.02F, qPrintable(QString::number(static_cast<double>(largestStep(record_->taken())))));
        const double stood = player_->position();
        player_->play();
        QTRY_VERIFY(player_->position() > stood + 0.1);
    }

    void seekWhilePlayingDoesNotClick()
    {
        player_->load(ramp(10));
        player_->play();
        QTRY_VERIFY(player_->position() > 0.1);
        player_->seek(8);
        QCOMPARE(player_->position(), 8.0);
        QTRY_VERIFY(player_->position() > 8.15);
        player_->seek(2);
        QTRY_VERIFY(player_->position() > 2.1 && player_->position() < 3);
        QVERIFY(largestStep(record_->taken()) < 0.02F);
        QCOMPARE(player_->starved(), 0u);
    }

    void seekWhilePausedMovesAtOnce()
    {
        player_->load(ramp(10));
        player_->seek(4);
        QCOMPARE(player_->position(), 4.0);
        player_->seek(40);
        QCOMPARE(player_->position(), 10.0);
        player_->seek(4);
        player_->play();
        QTRY_VERIFY(player_->position() > 4.1);
        const auto heard = record_->taken();
        const float first = *std::ranges::find_if(heard, [](float sample) { return sample > 0.3F; });
        QVERIFY(std::abs(first - 0.42F) < 0.15F);
    }

    /// The same samples come again after exactly the loop's length, and nothing in between.
    void loopsToTheSample()
    {
        const PlayableClip clip = ramp(2);
        const auto expected = decodeAudio(clip.audio)->samples;
        player_->load(clip);
        player_->setLoop(std::pair{0.5, 0.6});
        player_->play();
        const std::size_t length = rate / 10, first = rate / 2;
        QTRY_VERIFY_WITH_TIMEOUT(soundOf(record_->taken()).size() > 8 * length, 5000);
        player_->pause();
        const auto heard = record_->taken();
        const auto start = std::ranges::find(heard, expected[first + length - 1]); // the last of the first round
        QVERIFY(start != heard.end());
        const auto begin = static_cast<std::size_t>(start - heard.begin()) + 1;
        for (std::size_t i = 0; i < 4 * length; ++i)
            QCOMPARE(heard[begin + i], expected[first + i % length]);
        QVERIFY(player_->position() >= 0.5 && player_->position() <= 0.6);
        QCOMPARE(player_->starved(), 0u);
    }

    void playFromOutsideEntersTheLoop()
    {
        player_->load(ramp(2));
        player_->seek(1.5);
        player_->setLoop(std::pair{0.2, 0.4});
        player_->play();
        QCOMPARE(player_->position(), 0.2);
        player_->setLoop(std::nullopt);
        QTRY_VERIFY(player_->position() > 0.6); // goes on
    }

    void aRangeIsPlayedOnce()
    {
        QSignalSpy finished(player_.get(), &Transport::finished);
        player_->load(ramp(3));
        player_->setLoop(std::pair{2.0, 2.5});
        player_->playRange(0.5, 0.8);
        QTRY_VERIFY(!player_->isPlaying());
        QCOMPARE(player_->position(), 0.8);
        QCOMPARE(finished.count(), 0);
        const auto heard = record_->taken();
        QVERIFY(std::abs(*std::ranges::max_element(heard) - (0.1F + 0.8F * 0.8F / 3)) < 0.003F);
        player_->play(); // the loop is as it was
        QCOMPARE(player_->position(), 2.0);
    }

    void whatIsNoNumberIsSilent()
    {
        std::vector<float> samples(rate, 0.25F);
        samples[100] = std::numeric_limits<float>::quiet_NaN();
        samples[5000] = std::numeric_limits<float>::infinity();
        player_->load(PlayableClip{.id = {}, .audio = {.source = memorySource(wavBytes({.rate = rate, .bits = 32, .isFloat = true}, payloadOf(samples)))}, .title = "odd", .duration = 1});
        player_->setSpeed(2);
        QSignalSpy finished(player_.get(), &Transport::finished);
        player_->play();
        QVERIFY(finished.wait(3000));
        const auto heard = record_->taken();
        QVERIFY(std::ranges::all_of(heard, [](float sample) { return std::isfinite(sample) && std::abs(sample) < 0.5F; }));
        QVERIFY(*std::ranges::max_element(heard) > 0.2F);
    }

    void speedKeepsThePitch_data()
    {
        QTest::addColumn<double>("speed");
        for (const double speed : {0.25, 0.5, 1.5, 2.0})
            QTest::addRow("%g", speed) << speed;
    }

    void speedKeepsThePitch()
    {
        QFETCH(double, speed);
        if (!canStretchTime())
            return;
        player_->load(tone(440, 6));
        player_->setSpeed(speed);
        player_->play();
        QTRY_VERIFY_WITH_TIMEOUT(soundOf(record_->taken()).size() > rate * 6 / 10, 5000);
        const double position = player_->position();
        const auto heard = soundOf(record_->taken());
        const double passed = static_cast<double>(heard.size()) / rate;
        QVERIFY2(std::abs(pitchOf(heard) - 440) < 12, qPrintable(QString::number(pitchOf(heard))));
        QVERIFY2(std::abs(position - passed * speed) < 0.12 * speed + 0.03, qPrintable(QString("%1 after %2").arg(position).arg(passed)));
        QCOMPARE(player_->starved(), 0u);
    }

    void volumeAndLevel()
    {
        player_->load(tone(440, 3));
        player_->setVolume(0);
        player_->play();
        QTRY_VERIFY(player_->level().peak > 0.45F && player_->level().peak < 0.52F);
        QTRY_VERIFY(std::abs(player_->level().effective - 0.345F) < 0.03F);
        const auto heard = record_->taken();
        QVERIFY(std::ranges::all_of(heard, [](float sample) { return sample == 0; }));
        player_->setVolume(1);
        QTRY_VERIFY(record_->taken().back() != 0);
    }

    /// Nobody comes back to the event loop for half a second, and the device has its samples all the same.
    void aBusyWindowStarvesNobody()
    {
        player_->load(tone(440, 3));
        player_->play();
        QTRY_VERIFY(player_->position() > 0.05);
        QElapsedTimer busy;
        busy.start();
        while (busy.elapsed() < 500) {
        }
        QCOMPARE(player_->starved(), 0u);
        QTRY_VERIFY(player_->position() > 0.5);
    }

    void anUnreadableClipFails()
    {
        QSignalSpy failed(player_.get(), &Transport::failed);
        player_->load(PlayableClip{.audio = {.source = {.path = "/nonexistent/x.wav"}}, .title = "x", .duration = 1});
        player_->play();
        QVERIFY(failed.count() == 1 || failed.wait(2000));
        QCOMPARE(failed[0][0].value<Error>().code, std::string("io.not_found"));
        QTRY_VERIFY(!player_->isPlaying());
    }

    void loadingAnotherStopsTheFirst()
    {
        player_->load(ramp(5));
        player_->play();
        QTRY_VERIFY(player_->position() > 0.1);
        player_->load(tone(300, 1));
        QVERIFY(!player_->isPlaying());
        QCOMPARE(player_->position(), 0.0);
        player_->load(std::nullopt);
        player_->play();
        QVERIFY(!player_->isPlaying());
    }

    /// Without a device the place moves all the same.
    void playsSilently()
    {
        Transport silent;
        QVERIFY(!silent.isAudible());
        QSignalSpy finished(&silent, &Transport::finished);
        silent.load(ramp(0.3));
        silent.play();
        QVERIFY(finished.wait(3000));
        QCOMPARE(silent.position(), 0.3);
    }
};

QTEST_GUILESS_MAIN(TransportTest)
#include "tst_transport.moc"
