// The table of regions shows the clip at hand, and what is typed into its cells goes to the project.
#include "tests/support/labelled_project.h"
#include "ui/models/region_table.h"

using namespace earmark;

class RegionTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells()
    {
        test::LabelledProject project;
        Workspace workspace;
        project.openIn(workspace);
        ClipDetails details(workspace);
        RegionTable table(workspace, details);
        QCOMPARE(table.rowCount(), 0);
        workspace.project().addRegion(project.ids[0], {.start = 0.5, .end = 1, .low = 100, .high = 400, .labels = {"rock", "jazz"}});
        workspace.project().addRegion(project.ids[0], {.start = 0.25, .end = 1.5});
        workspace.setCurrentClip(project.ids[0]);
        QTRY_COMPARE(table.rowCount(), 2);
        const auto cell = [&](int row, int column) { return table.index(row, column).data(Qt::EditRole); };
        QCOMPARE(cell(0, RegionTable::start), QVariant(0.25));
        QVERIFY(!cell(0, RegionTable::low).isValid());
        QCOMPARE(cell(1, RegionTable::high), QVariant(400.0));
        QCOMPARE(cell(1, RegionTable::labels), QVariant("rock | jazz"));

        QVERIFY(table.setData(table.index(1, RegionTable::end), 1.25, Qt::EditRole));
        QTRY_COMPARE(cell(1, RegionTable::end), QVariant(1.25));
        QVERIFY(!table.setData(table.index(1, RegionTable::end), 1.25, Qt::EditRole)); // nothing new is no edit
        QVERIFY(table.setData(table.index(1, RegionTable::labels), "blues", Qt::EditRole));
        QTRY_COMPARE(cell(1, RegionTable::labels), QVariant("blues"));
        QVERIFY(table.setData(table.index(1, RegionTable::low), QVariant(), Qt::EditRole));
        QTRY_VERIFY(!cell(1, RegionTable::low).isValid());

        QSignalSpy failed(&workspace.project(), &ProjectSession::failed);
        table.setData(table.index(1, RegionTable::end), 0.1, Qt::EditRole); // before its start
        QVERIFY(failed.wait());
        QCOMPARE(cell(1, RegionTable::end), QVariant(1.25));

        workspace.setCurrentClip(project.ids[1]);
        QTRY_COMPARE(table.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(RegionTableTest)
#include "tst_region_table.moc"
