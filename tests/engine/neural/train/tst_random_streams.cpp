#include "engine/neural/models/random_streams.h"
#include "random_streams_golden.h"

#include <QtTest>

using namespace earmark;
using namespace earmark::neural;

class TestRandomStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsWhatNumpyAndPythonDraw()
    {
        for (const GoldenDraws& golden : goldenDraws) {
            RandomStreams streams(golden.seed);
            for (int i = 0; i < 700; ++i) {
                streams.numpy.nextDouble();
                streams.python.nextDouble();
            }
            QVERIFY(streams.numpy.nextDouble() == golden.numpyDouble);
            for (const std::int64_t expected : golden.small)
                QCOMPARE(streams.numpyRandint(0, 100), expected);
            QCOMPARE(streams.numpyRandint(7, 8), golden.one);
            for (const std::int64_t expected : golden.large)
                QCOMPARE(streams.numpyRandint(-5, 1LL << 40), expected);
            QCOMPARE(streams.numpyRandint(0, 1LL << 32), golden.full);
            QVERIFY(std::ranges::equal(streams.numpyChoice(37, 9), golden.choice));
            QVERIFY(streams.python.nextDouble() == golden.pythonDouble);
            for (const std::int64_t expected : golden.pythonSmall)
                QCOMPARE(streams.pythonRandint(0, 9999), expected);
            QCOMPARE(streams.pythonRandint(3, 3), golden.pythonOne);
            QCOMPARE(streams.pythonRandint(-(1LL << 40), 1LL << 45), golden.pythonLarge);
        }
    }

    void goesOnFromASavedState()
    {
        RandomStreams streams(7);
        for (int i = 0; i < 1000; ++i)
            streams.numpy.next32();
        MersenneTwister copy;
        QVERIFY(copy.setState(streams.numpy.state()));
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(copy.next32(), streams.numpy.next32());
    }

    void refusesADamagedState()
    {
        MersenneTwister twister;
        twister.seedNumpy(1);
        const std::string before = twister.state();
        QVERIFY(!twister.setState("12 34"));
        QVERIFY(!twister.setState("9999" + before.substr(before.find(' '))));
        QVERIFY(!twister.setState("nonsense"));
        QCOMPARE(twister.state(), before);
    }
};

QTEST_GUILESS_MAIN(TestRandomStreams)
#include "tst_random_streams.moc"
