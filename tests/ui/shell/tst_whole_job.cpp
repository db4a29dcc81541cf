// The whole job by hand, in the window, with a real network: a folder is dropped, clips are labelled by key, undone, split, a model is trained and
// watched, tested, its mistakes heard and mended, and it labels files that it never saw.
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTimer>

#include "engine/bridge/train_session.h"
#include "engine/compute/compute.h"
#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/pages/train/run_panel.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/confusion_matrix.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

constexpr int patience = 60'000; ///< ms; a network is trained here, on machines that do other things too

void drop(QWidget& target, const QStringList& paths)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls += QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &event);
}

} // namespace

/// The slots are the steps of one job, in their order: each goes on where the one before ended.
class WholeJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        QLocale::setDefault(QLocale::c());
        qputenv("HF_HUB_CACHE", "/nonexistent");
        Theme::instance().apply(Theme::Choice::light);
        test::writeToneCorpus(sounds(), 2, 8);
        for (int i = 0; i < 2; ++i) // nobody has said what these two are
            write(sounds() + QString("/later-%1.wav").arg(i), 200 * (i + 1));
        workspace_->settings().setAutoplay(false);
        window_->resize(1280, 720);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }
    void cleanupTestCase()
    {
        window_.reset();
        workspace_.reset();
    }

    void dropAFolder()
    {
        test::nameNextFile(folder_.filePath("job.earmark")); // where the project shall lie
        drop(*window_, {sounds()});
        QDialog* dialog = waitFor("importDialog");
        auto* start = test::child<QAbstractButton>(*dialog, "importStart");
        QTRY_VERIFY(start->isEnabled());
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE(rows().size(), 18U);
        QTRY_COMPARE(workspace_->view().labels.size(), 2U);
    }

    void labelTwoByKey()
    {
        openPage("label");
        const ClipId first = clip("later-0"), second = clip("later-1");
        workspace_->setCurrentClip(first);
        press(Qt::Key_1);
        QTRY_COMPARE(test::labelsOf(*workspace_, first), QString("tone-0"));
        workspace_->setCurrentClip(second);
        press(Qt::Key_1);
        QTRY_COMPARE(test::labelsOf(*workspace_, second), QString("tone-0"));
    }

    void undo()
    {
        const ClipId second = clip("later-1");
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(test::labelsOf(*workspace_, second), QString());
        QCOMPARE(test::labelsOf(*workspace_, clip("later-0")), QString("tone-0"));
        workspace_->setCurrentClip(second);
        press(Qt::Key_2);
        QTRY_COMPARE(test::labelsOf(*workspace_, second), QString("tone-1"));
    }

    void split()
    {
        openPage("data");
        click("divideButton");
        QDialog* dialog = waitFor("splitDialog");
        auto* test = test::child<QSpinBox>(*dialog, "splitSize:test");
        test->setFocus();
        test->selectAll();
        QTest::keyClicks(test, "30");
        QTest::keyClick(test, Qt::Key_Tab);
        auto* divide = test::child<QAbstractButton>(*dialog, "splitDivide");
        QTRY_VERIFY(divide->isEnabled());
        QTest::mouseClick(divide, Qt::LeftButton);
        QTRY_COMPARE(workspace_->view().splits.size(), 3U);
    }

    void trainAndWatch()
    {
        openPage("train");
        auto* page = at<QWidget>("trainPage");
        click("allSettings");
        QTRY_VERIFY(page->findChild<QSpinBox*>("max_steps"));
        auto* steps = at<QSpinBox>("max_steps");
        steps->setFocus();
        steps->selectAll();
        QTest::keyClicks(steps, "10");
        QTest::keyClick(steps, Qt::Key_Tab);
        QTRY_VERIFY(at<QAbstractButton>("startTraining")->isEnabled());
        click("startTraining");
        QTRY_COMPARE(runs().size(), 1U);
        QTRY_VERIFY_WITH_TIMEOUT(at<QLabel>("runState")->text().startsWith("Finished"), patience);
        QCOMPARE(runs().front().state, std::string("finished"));
        auto* curves = page->findChild<RunPanel*>()->curves();
        QVERIFY(curves->plot(Curve::trainingLoss)->pointCount(0) > 0);
        QVERIFY(at<QLabel>("runResult")->text().contains('%'));
    }

    /// Others that the window has loaded have functions of the same names (compute/loader.cpp).
    void networksMultiplyByLibTorchsOwnFunctions()
    {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // with them it is not so
        const auto compute = openCompute();
        QVERIFY(compute);
        const auto description = (*compute)->describe();
        QVERIFY(description);
        const std::string& cpu = description->devices.front().explanation;
        QVERIFY2(cpu.find("matrices by") == std::string::npos, cpu.c_str());
#endif
    }

    void testIt()
    {
        click("testRun");
        QTRY_VERIFY(at<QWidget>("testPage")->isVisible());
        QTRY_VERIFY(at<QLabel>("testClips")->isVisible());
        int tested = 0;
        for (const SplitSize& split : workspace_->view().splits)
            tested += split.name == "test" ? static_cast<int>(split.clips) : 0;
        QTRY_COMPARE(at<QLabel>("testClips")->text(), QString::number(tested));
    }

    void aCellLeadsToClipsThatPlay()
    {
        auto* matrix = at<ConfusionMatrix>("confusionMatrix");
        auto* clips = at<QTableView>("testClipTable");
        // whichever cells are filled: the one that is seen first leads somewhere
        for (int row = 0; row < 2; ++row)
            for (int column = 0; column < 2; ++column)
                if (!clips->currentIndex().isValid()) {
                    QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({row, column}).center().toPoint());
                    if (clips->model()->rowCount() > 0)
                        clips->selectRow(0);
                }
        QVERIFY(workspace_->currentClip().has_value());
        clips->setFocus();
        press(Qt::Key_Space);
        QVERIFY(workspace_->transport().isPlaying());
        QTRY_VERIFY(workspace_->transport().position() > 0);
        press(Qt::Key_Space);
        QVERIFY(!workspace_->transport().isPlaying());
    }

    void relabel()
    {
        const ClipId shown = *workspace_->currentClip();
        const bool isFirst = test::labelsOf(*workspace_, shown) == "tone-0";
        const QString before = at<QLabel>("testAccuracy")->text();
        workspace_->settings().setAdvance(false);
        QTest::keyClick(at<QTableView>("testClipTable"), isFirst ? Qt::Key_2 : Qt::Key_1);
        QTRY_COMPARE(test::labelsOf(*workspace_, shown), QString(isFirst ? "tone-1" : "tone-0"));
        QTRY_VERIFY(at<QLabel>("testAccuracy")->text() != before);
    }

    void predictAndSave()
    {
        openPage("predict");
        const QStringList files{folder_.filePath("new-a.wav"), folder_.filePath("new-b.wav")};
        write(files[0], 200);
        write(files[1], 400);
        drop(*at<QWidget>("predictPage"), files);
        auto* table = at<QTableView>("predictions");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() == 2 && table->model()->index(1, 1).data().toString().startsWith("tone-"), patience);
        QVERIFY(table->model()->index(0, 1).data().toString().startsWith("tone-"));
        const QString saved = folder_.filePath("predictions.csv");
        test::nameNextFile(saved);
        click("saveTable");
        QTRY_VERIFY(QFile::exists(saved)); // written on a thread of its own, whole or not at all
        QFile file(saved);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.front(), QByteArray("file,start,end,label,score"));
        QCOMPARE(lines.size(), 1 + 2 * 2); // each file with both labels
        QVERIFY(lines[1].startsWith(QFile::encodeName(files[0])));
    }

private:
    template <class Widget> Widget* at(const QString& name) const { return test::child<Widget>(*window_, name); }
    void click(const QString& name) const { QTest::mouseClick(at<QAbstractButton>(name), Qt::LeftButton); }
    /// As a keyboard does: to what has the focus in the window in front.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        window_->activateWindow(); // offscreen, nobody does that when a dialog has gone
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void openPage(const QString& name) const
    {
        click("rail_" + name);
        QTRY_VERIFY(at<QWidget>(name + "Page")->isVisible());
    }
    const std::vector<ClipRow>& rows() const { return workspace_->view().rows; }
    const std::vector<Run>& runs() const { return workspace_->view().runs; }
    QString sounds() const { return folder_.filePath("sounds"); }
    ClipId clip(const std::string& name) const
    {
        for (const ClipRow& row : rows())
            if (row.name.find(name) != std::string::npos)
                return row.id;
        return 0;
    }
    QDialog* waitFor(const QString& name) const
    {
        QDialog* found = nullptr;
        if (!QTest::qWaitFor([&] { return (found = window_->findChild<QDialog*>(name)) && found->isVisible(); }))
            qFatal("no dialog %s", qPrintable(name));
        return found;
    }
    static void write(const QString& path, double frequency) { test::writeBytes(path.toStdString(), test::toneWav(frequency, 1.3, static_cast<unsigned>(qHash(path)))); }

    QTemporaryDir folder_;
    std::unique_ptr<Workspace> workspace_ = std::make_unique<Workspace>();
    std::unique_ptr<MainWindow> window_ = std::make_unique<MainWindow>(*workspace_);
};

QTEST_MAIN(WholeJobTest)
#include "tst_whole_job.moc"
