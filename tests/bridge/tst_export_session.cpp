// The project's labels out again, while it stays open.
#include "engine/bridge/export_session.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include "tests/bridge/small_project.h"
#include "tests/engine/dataset/fast_folder.h"

using namespace earmark;

class ExportSessionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    std::string folder() const { return folder_.path().toStdString(); }

private Q_SLOTS:
    void writesATable()
    {
        ProjectSession project;
        test::openAndLoad(project, test::makeProject(folder(), "table", 5));
        project.addLabel({project.view().rows[0].id}, "c"); // one edit among the readings
        ExportSession session(project, {.format = ExportFormat::csv, .out = folder() + "/out"});
        QSignalSpy ended(&session, &Session::ended);
        session.start();
        QVERIFY(ended.wait());
        QCOMPARE(session.state(), Session::State::finished);
        QCOMPARE(session.title(), QString("out"));
        QCOMPARE(session.report().clips, std::size_t(5));
        QVERIFY(QFileInfo::exists(folder_.filePath("out/clips.csv")));
        ExportSession again(project, {.format = ExportFormat::csv, .out = folder() + "/out"});
        QSignalSpy refused(&again, &Session::ended);
        again.start();
        QVERIFY(refused.wait());
        QCOMPARE(again.error()->code, std::string("usage.out_exists"));
    }
};

QTEST_GUILESS_MAIN(ExportSessionTest)
#include "tst_export_session.moc"
