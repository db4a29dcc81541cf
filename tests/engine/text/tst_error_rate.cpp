#include <QTest>

#include "engine/text/error_rate.h"

using namespace earmark;

class ErrorRateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<QByteArray>("reference");
        QTest::addColumn<QByteArray>("hypothesis");
        QTest::addColumn<QList<int>>("counts"); // substitutions, deletions, insertions, length
        const auto row = [](const char* name, const char* reference, const char* hypothesis, QList<int> counts) {
            QTest::newRow(name) << QByteArray(reference) << QByteArray(hypothesis) << counts;
        };
        row("equal", "a b c", " a  b\tc ", {0, 0, 0, 3});
        row("substituted", "hello world", "hello duck", {1, 0, 0, 2});
        row("deleted", "a b c d", "a d", {0, 2, 0, 4});
        row("inserted", "a d", "a b c d", {0, 0, 2, 2});
        row("empty hypothesis", "a b", "", {0, 2, 0, 2});
        row("empty reference", "", "a b", {0, 0, 2, 0});
        row("all at once", "this is the first test", "is the the fist test of it", {1, 1, 3, 5});
        row("accents are characters of their word", "n\u00e4h", "nah", {1, 0, 0, 1});
    }

    void words()
    {
        QFETCH(QByteArray, reference);
        QFETCH(QByteArray, hypothesis);
        QFETCH(QList<int>, counts);
        const ErrorCounts found = wordErrors(reference.toStdString(), hypothesis.toStdString());
        const QList<int> got = {int(found.substitutions), int(found.deletions), int(found.insertions), int(found.length)};
        QCOMPARE(found.errors(), counts[0] + counts[1] + counts[2]);
        QCOMPARE(found.length, counts[3]);
        QCOMPARE(found.length - found.deletions + found.insertions, wordErrors(hypothesis.toStdString(), "").length);
        if (QTest::currentDataTag() != QByteArray("all at once")) // several cheapest ways
            QCOMPARE(got, counts);
    }

    void charactersCountSpacesWithin()
    {
        const ErrorCounts found = characterErrors(" ab cd ", "abcd");
        QCOMPARE(found.length, 5);
        QCOMPARE(found.deletions, 1);
        QCOMPARE(characterErrors("\u00fc\u00df", "us").substitutions, 2);
    }

    void ratesAreOfSums()
    {
        ErrorCounts sum = wordErrors("a b c d", "a b c x");
        sum += wordErrors("a", "b");
        QCOMPARE(sum.rate(), 2.0 / 5);
        QCOMPARE(wordErrors("", "").rate(), 0.0);
        QCOMPARE(wordErrors("", "a b").rate(), 2.0);
    }
};

QTEST_APPLESS_MAIN(ErrorRateTest)
#include "tst_error_rate.moc"
