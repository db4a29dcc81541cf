#include <QTest>

#include <cmath>
#include <limits>
#include <random>

#include "engine/eval/projection.h"

using namespace earmark;

class ProjectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesAreThoseOfScikitLearn() // the example of sklearn.decomposition.PCA's documentation
    {
        const std::vector<float> values = {-1, -1, -2, -1, -3, -2, 1, 1, 2, 1, 3, 2};
        const Projection map = principalComponents(values, 2);
        QVERIFY(std::abs(map.explained[0] - 0.9924) < 5e-5);
        QVERIFY(std::abs(map.explained[1] - 0.0075) < 6e-5);
        QVERIFY(std::abs(map.points[2 * 0] - -1.3834058) < 1e-5); // the scores there, up to the sign, which is ours
        QVERIFY(std::abs(map.points[2 * 5] - 3.6053038) < 1e-5);
    }

    void lineIsOneComponent()
    {
        std::vector<float> values;
        for (int i = 0; i < 10; ++i)
            values.insert(values.end(), {float(i), 2.0F * float(i), 5});
        const Projection map = principalComponents(values, 3, 3);
        QVERIFY(std::abs(map.explained[0] - 1) < 1e-6);
        QVERIFY(map.points[0] < 0 && map.points[27] > 0); // the largest loading, 2 / √5, is positive
        QVERIFY(std::abs(map.points[27] - 4.5 * std::sqrt(5.0)) < 1e-4);
        QVERIFY(std::abs(map.points[28]) < 1e-4);
    }

    void clustersComeApart() // and more rows than a block
    {
        std::mt19937 random(1);
        std::normal_distribution<float> noise(0, 0.1F);
        constexpr std::size_t rows = 3000, dimensions = 40;
        std::vector<float> values(rows * dimensions);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = noise(random) + ((i / dimensions) % 2 == 0 && i % dimensions == 7 ? 3.0F : 0.0F);
        const Projection map = principalComponents(values, dimensions, 2);
        for (std::size_t row = 0; row < rows; ++row)
            QCOMPARE(map.points[2 * row] > 0, row % 2 == 0);
        QCOMPARE(principalComponents(values, dimensions, 2).points, map.points);
    }

    void notFiniteTakesNoPart()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const Projection map = principalComponents(std::vector<float>{0, 0, nan, 1, 2, 0}, 2);
        QVERIFY(std::isnan(map.points[2]) && std::isnan(map.points[3]));
        QCOMPARE(map.points[0], -1.0F);
        QCOMPARE(map.points[4], 1.0F);
    }

    void degenerate()
    {
        QVERIFY(principalComponents({}, 0).points.empty());
        QVERIFY(principalComponents({}, 8).points.empty());
        const Projection one = principalComponents(std::vector<float>{3, 4}, 2, 3);
        QCOMPARE(one.points, (std::vector<float>{0, 0, 0}));
        QCOMPARE(one.explained[0], 0.0);
    }

    void stops()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY(principalComponents(std::vector<float>{1, 2, 3, 4}, 2, 2, source.get_token()).points.empty());
    }
};

QTEST_GUILESS_MAIN(ProjectionTest)
#include "tst_projection.moc"
