// Files and what was heard in them, while rows come, go and are sorted.
#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/models/prediction_table.h"

using namespace earmark;

namespace
{

GatheredFile file(const std::string& name, double duration = 1)
{
    GatheredFile gathered{.duration = duration};
    gathered.sample.name = name;
    gathered.sample.clip.source.path = "/x/" + name;
    return gathered;
}

QString cell(const PredictionTable& table, int row, int column) { return table.index(row, column).data().toString(); }

} // namespace

class PredictionTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAreKeptOnce()
    {
        PredictionTable table;
        QAbstractItemModelTester tester(&table);
        table.add({file("a.wav"), file("b.wav")});
        table.add({file("b.wav"), file("c.wav")});
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.waiting(), 3);
    }

    void predictionsFollowTheirRowsThroughSorting()
    {
        PredictionTable table;
        QAbstractItemModelTester tester(&table);
        table.add({file("a.wav", 3), file("b.wav", 1), file("c.wav", 2)});
        QCOMPARE(table.samples().size(), std::size_t(3));
        table.sort(PredictionTable::length, Qt::AscendingOrder);
        QCOMPARE(cell(table, 0, PredictionTable::file), QString("b.wav"));
        table.take({.index = 0, .scores = {0.2f, 0.8f}}, {"x", "y"}); // a.wav: the last row now
        QCOMPARE(cell(table, 2, PredictionTable::prediction), QString("y"));
        QCOMPARE(cell(table, 0, PredictionTable::prediction), QString());
        QCOMPARE(table.waiting(), 2);
    }

    void windowsCountAsTheirMean()
    {
        PredictionTable table;
        table.add({file("a.wav")});
        (void)table.samples();
        table.take({.index = 0, .windows = {{.scores = {0.9f, 0.1f}}, {.scores = {0.3f, 0.7f}}}}, {"x", "y"});
        QCOMPARE(table.best(table.rows().front())->label, std::string("x"));
        QVERIFY(std::abs(table.best(table.rows().front())->score - 0.6f) < 1e-6f);
    }

    void whatIsLateForRemovedRowsIsDropped()
    {
        PredictionTable table;
        QAbstractItemModelTester tester(&table);
        table.add({file("a.wav"), file("b.wav")});
        (void)table.samples();
        table.remove({0});
        table.take({.index = 1, .scores = {1.0f}}, {"x"});
        QCOMPARE(cell(table, 0, PredictionTable::prediction), QString());
    }

    void brokenFilesAreNotAskedAboutAndNotTicked()
    {
        PredictionTable table;
        GatheredFile broken = file("a.txt");
        broken.error = Error{.code = "audio.not_audio", .message = "No sound.", .path = {}, .parameters = {}};
        table.add({broken});
        QVERIFY(table.samples().empty());
        QCOMPARE(table.index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    }
};

QTEST_GUILESS_MAIN(PredictionTableTest)
#include "tst_prediction_table.moc"
