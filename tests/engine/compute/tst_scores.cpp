// The best of scores, and the table that classify and the Predict page save.
#include "engine/compute/scores.h"

#include <QTest>

using namespace earmark;

class ScoresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bestComeFirstAndEqualOnesInOrder()
    {
        const auto best = bestScores({0.1f, 0.4f, 0.1f, 0.4f}, {"a", "b", "c", "d"}, 3);
        QCOMPARE(best.size(), std::size_t(3));
        QCOMPARE(best[0].label, std::string("b"));
        QCOMPARE(best[1].label, std::string("d"));
        QCOMPARE(best[2].label, std::string("a"));
    }

    void meanOfWindows()
    {
        QVERIFY(meanScores({}).empty());
        QCOMPARE(meanScores({{.scores = {1.0f, 0.0f}}, {.scores = {0.5f, 0.5f}}}), (std::vector<float>{0.75f, 0.25f}));
    }

    void tableHasARowForEachOfTheBest()
    {
        const auto labels = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"a", "b, \"c\""});
        ScoresTable table(1);
        table.add("x,y.wav", {.labels = labels, .scores = {0.1f, 0.9f}});
        table.add("long.wav", {.labels = labels, .windows = {{.start = 0, .end = 2.5, .scores = {1.0f, 0.0f}}}});
        table.add("bad.wav", {.labels = labels, .error = Error{.code = "audio.empty", .message = {}, .path = {}, .parameters = {}}});
        QCOMPARE(table.text(), std::string("file,start,end,label,score\n"
                                           "\"x,y.wav\",,,\"b, \"\"c\"\"\",0.9\n"
                                           "long.wav,0.0,2.5,a,1.0\n"));
    }
};

QTEST_GUILESS_MAIN(ScoresTest)
#include "tst_scores.moc"
