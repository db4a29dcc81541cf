// Files in, labels out: by drop and by button, with a model that says what the files' names say.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTimer>

#include "tests/support/full_disk.h"
#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/pages/predict/predict_page.h"
#include "ui/widgets/score_bars.h"
#include "ui/widgets/score_timeline.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

/// A page with a model chosen, in a workspace of its own.
struct Bench {
    Bench()
    {
        workspace.settings().setValue("models/folders", QStringList{folder.path()});
        page = std::make_unique<PredictPage>(workspace);
        page->resize(1100, 600);
        page->show();
        test::child<QComboBox>(*page, "model")->setCurrentIndex(0);
    }

    QString write(const QString& name, double seconds = 1)
    {
        const QString path = folder.filePath(name);
        test::writeBytes(path.toStdString(), test::toneWav(300, seconds, 1));
        return path;
    }

    void drop(const QStringList& paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls += QUrl::fromLocalFile(path);
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page.get(), &enter);
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page.get(), &event);
    }

    QString cell(int row, int column) const
    {
        const auto* table = test::child<QTableView>(*page, "predictions");
        return table->model()->index(row, column).data().toString();
    }

    QTemporaryDir folder;
    Workspace workspace;
    std::unique_ptr<PredictPage> page;
};

/// Presses `button` of the message box that comes next.
void answerNextQuestion(QMessageBox::StandardButton button)
{
    auto* timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, timer, [timer, button] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            timer->deleteLater();
            box->button(button)->click();
        }
    });
    timer->start(5);
}

} // namespace

class PredictPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("EARMARK_MODULE_DIR", EARMARK_SCRIPTED_MODULE_DIR);
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        Theme::instance().apply(Theme::Choice::light);
        test::failOnWarnings();
    }

    void droppedFilesAreHeardAtOnce()
    {
        Bench bench;
        bench.drop({bench.write("a1.wav"), bench.write("b1.wav")});
        QTRY_COMPARE(bench.cell(1, PredictionTable::prediction), QString("b"));
        QTRY_COMPARE(bench.cell(1, PredictionTable::prediction), QString("b"));
        QCOMPARE(bench.cell(0, PredictionTable::prediction), QString("a"));
        const auto* bars = test::child<ScoreBars>(*bench.page, "heardBars");
        QTRY_COMPARE(bars->bars().size(), std::size_t(2));
        QCOMPARE(bars->bars().front().label, QString("a"));
        QVERIFY(bench.workspace.transport().clip());
        QCOMPARE(bench.workspace.transport().clip()->title, QString("a1.wav"));
    }

    void aFolderIsWalkedAndWhatIsNoSoundIsNamed()
    {
        Bench bench;
        QDir(bench.folder.path()).mkdir("in");
        bench.write("in/b2.wav");
        test::writeBytes(bench.folder.filePath("in/text.wav").toStdString(), test::Bytes(100, std::byte{65}));
        bench.drop({bench.folder.filePath("in")});
        QTRY_COMPARE(bench.cell(0, PredictionTable::prediction), QString("b"));
        QCOMPARE(bench.cell(1, PredictionTable::prediction), QString("cannot be read"));
    }

    void windowsGiveATimelineThatSeeks()
    {
        Bench bench;
        auto* listening = test::child<QComboBox>(*bench.page, "listening");
        listening->setCurrentIndex(2);
        test::child<QDoubleSpinBox>(*bench.page, "window")->setValue(1);
        bench.drop({bench.write("a.wav", 4)});
        auto* timeline = test::child<ScoreTimeline>(*bench.page, "heardTimeline");
        QTRY_VERIFY(timeline->isVisible());
        const auto* scroll = test::child<QScrollArea>(*bench.page, "heardScroll"); // what is heard does not make the window taller
        QVERIFY(scroll->minimumSizeHint().height() < scroll->widget()->minimumSizeHint().height());
        QTest::mouseClick(timeline, Qt::LeftButton, {}, QPoint(timeline->width() - 40, 10));
        QVERIFY(bench.workspace.transport().position() > 3);
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_Left);
        QCOMPARE(bench.workspace.transport().position(), 2.0);
    }

    void predictionsAreTakenOverAsTheModelsLabels()
    {
        Bench bench;
        test::LabelledProject project(2);
        project.openIn(bench.workspace);
        bench.drop({bench.write("b3.wav"), bench.write("a3.wav")});
        QTRY_COMPARE(bench.cell(1, PredictionTable::prediction), QString("a"));
        auto* table = test::child<QTableView>(*bench.page, "predictions");
        table->model()->setData(table->model()->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        answerNextQuestion(QMessageBox::Ok);
        QTest::mouseClick(test::child<QPushButton>(*bench.page, "takeOver"), Qt::LeftButton);
        QTRY_COMPARE(bench.workspace.view().rows.size(), std::size_t(3));
        QTRY_COMPARE(bench.workspace.view().labelName(bench.workspace.view().rows.back()), std::string("b"));
        Origin origin = Origin::person;
        bench.workspace.project().askClip(this, bench.workspace.view().rows.back().id, [&](Result<Clip> clip) { origin = clip->labels.front().stamp.origin; });
        QTRY_COMPARE(origin, Origin::model);
    }

    void predictionsAreSavedAsATable()
    {
        Bench bench;
        bench.drop({bench.write("b5.wav"), bench.write("a5.wav")});
        QTRY_COMPARE(bench.cell(1, PredictionTable::prediction), QString("a"));
        QSignalSpy told(&bench.workspace, &Workspace::notified);
        const QString path = bench.folder.filePath("heard.csv");
        test::nameNextFile(path);
        QTest::mouseClick(test::child<QPushButton>(*bench.page, "saveTable"), Qt::LeftButton);
        QTRY_COMPARE(told.size(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readLine(), QByteArray("file,start,end,label,score\n"));
        QVERIFY(file.readLine().contains("b5.wav,,,b,"));
    }

    void aFullDiskIsToldWhenPredictionsAreSaved()
    {
        const test::FullDisk disk; // before the page begins its thread
        if (!disk.isThere())
            return qInfo("a small disk can be made by root alone: not tried");
        Bench bench;
        bench.drop({bench.write("b6.wav")});
        QTRY_COMPARE(bench.cell(0, PredictionTable::prediction), QString("b"));
        QSignalSpy told(&bench.workspace, &Workspace::errorReported);
        test::nameNextFile(disk.filePath("heard.csv"));
        QTest::mouseClick(test::child<QPushButton>(*bench.page, "saveTable"), Qt::LeftButton);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told[0][0].value<Error>().code, std::string("io.disk_full"));
        QVERIFY(!QFile::exists(disk.filePath("heard.csv")));
    }

    void clipsWithoutALabelAreHeard()
    {
        Bench bench;
        test::LabelledProject project(3);
        project.openIn(bench.workspace);
        bench.workspace.project().setLabels({project.ids[0]}, {"rock"});
        test::settle(bench.workspace);
        QTest::mouseClick(test::child<QPushButton>(*bench.page, "addUnlabelled"), Qt::LeftButton);
        QTRY_COMPARE(bench.cell(1, PredictionTable::prediction), QString("a"));
        QTRY_COMPARE(bench.workspace.currentClip(), std::optional(project.ids[1]));
        auto* table = test::child<QTableView>(*bench.page, "predictions");
        table->selectRow(1);
        QCOMPARE(bench.workspace.currentClip(), std::optional(project.ids[2]));
    }

    void anotherModelListensAnew()
    {
        Bench bench;
        bench.workspace.settings().setValue("models/folders", QStringList{bench.folder.path(), "/elsewhere/model"});
        PredictPage page(bench.workspace);
        auto* model = test::child<QComboBox>(page, "model");
        QCOMPARE(model->count(), 2);
        page.addPaths({bench.write("b4.wav")});
        auto* table = test::child<QTableView>(page, "predictions");
        model->setCurrentIndex(0);
        QTRY_COMPARE(table->model()->index(0, 1).data().toString(), QString("b"));
        model->setCurrentIndex(1);
        QTRY_COMPARE(table->model()->index(0, 1).data().toString(), QString("b"));
    }
};

QTEST_MAIN(PredictPageTest)
#include "tst_predict_page.moc"
