// Other speeds and rates: how long it lasts, and that the pitch stays.
#include "engine/audio/time_stretch.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace earmark;

class TimeStretchTest : public QObject
{
    Q_OBJECT

    static std::vector<float> tone(double hertz, double seconds, int rate)
    {
        std::vector<float> samples(static_cast<std::size_t>(seconds * rate));
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = 0.5F * static_cast<float>(std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
        return samples;
    }

    static std::vector<float> stretched(const std::vector<float>& in, int from, int to, double speed)
    {
        auto stretch = makeTimeStretch(from, to, speed);
        if (!stretch)
            return {};
        std::vector<float> out;
        for (std::size_t at = 0; at < in.size(); at += 1000)
            if (!(*stretch)->push(std::span(in).subspan(at, std::min<std::size_t>(1000, in.size() - at)), out))
                return {};
        return (*stretch)->finish(out) ? out : std::vector<float>();
    }

    static double pitch(const std::vector<float>& samples, int rate)
    {
        int crossings = 0;
        const std::size_t first = samples.size() / 10, last = samples.size() * 9 / 10;
        for (std::size_t i = first + 1; i < last; ++i)
            crossings += samples[i - 1] < 0 && samples[i] >= 0;
        return static_cast<double>(crossings) * rate / static_cast<double>(last - first);
    }

private Q_SLOTS:
    void untouchedWhereNothingIsAsked()
    {
        const auto in = tone(440, 0.5, 16000);
        QVERIFY(stretched(in, 16000, 16000, 1) == in);
    }

    void lengthAndPitch_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<double>("speed");
        for (const double speed : {0.25, 0.5, 0.75, 1.0, 1.5, 2.0})
            for (const auto& [from, to] : {std::pair(16000, 16000), std::pair(22050, 48000), std::pair(96000, 44100)})
                QTest::addRow("%d to %d at %g", from, to, speed) << from << to << speed;
    }

    void lengthAndPitch()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(double, speed);
        if (speed != 1 && !canStretchTime())
            return;
        const auto out = stretched(tone(440, 3, from), from, to, speed);
        const double seconds = static_cast<double>(out.size()) / to;
        QVERIFY2(std::abs(seconds - 3 / speed) < 0.12 / speed, qPrintable(QString::number(seconds)));
        QVERIFY2(std::abs(pitch(out, to) - 440) < 6, qPrintable(QString::number(pitch(out, to))));
    }

    void shortAndEmptySounds()
    {
        for (const double speed : {0.25, 1.0, 2.0}) {
            QVERIFY(stretched({}, 16000, 44100, speed).size() < 5000);
            QVERIFY(stretched({0.5F}, 16000, 44100, speed).size() < 5000);
        }
    }

    void impossibleRatesAreErrors()
    {
        QCOMPARE(makeTimeStretch(0, 48000, 1).error().code, std::string("audio.unsupported"));
        QCOMPARE(makeTimeStretch(48000, -1, 2).error().code, std::string("audio.unsupported"));
    }
};

QTEST_GUILESS_MAIN(TimeStretchTest)
#include "tst_time_stretch.moc"
