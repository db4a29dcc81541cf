// Files that are not where they were: the page says so, and finds them below a folder that somebody points at.
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include "engine/dataset/examine_files.h"
#include "tests/ui/pages/data/data_page_case.h"
#include "ui/widgets/warning_card.h"

using namespace earmark;

class RelocateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    /// A project of six tones in two folders, which have moved before it is opened.
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        test::writeToneCorpus(path("sounds"), 2, 3);
        std::vector<NewClip> clips;
        for (int i = 0; i < 6; ++i) {
            NewClip clip;
            clip.audio.source.path = path(QString("sounds/tone-%1/00%2.wav").arg(i / 3).arg(i % 3)).toStdString();
            clip.facts = examineFile(clip.audio.source.path).value();
            clips.push_back(clip);
        }
        {
            Project project = Project::create(path("p.earmark").toStdString()).value();
            QVERIFY(project.addClips(clips, Origin::import));
        }
        QVERIFY(QDir().mkpath(path("disk")) && QDir(folder_->path()).rename("sounds", "disk/sounds"));
        workspace_ = std::make_unique<Workspace>();
        page_ = std::make_unique<DataPage>(*workspace_);
        page_->resize(1200, 560);
        page_->show();
        notes_ = std::make_unique<QSignalSpy>(workspace_.get(), &Workspace::notified);
        workspace_->project().open(path("p.earmark").toStdString());
        banner_ = test::child<WarningCard>(*page_, "missingFiles");
    }

    void cleanup()
    {
        notes_.reset();
        page_.reset();
        workspace_.reset();
        folder_.reset();
    }

    void saysSoAndFindsThem()
    {
        QTRY_VERIFY(banner_->isVisible());
        QVERIFY2(banner_->said().startsWith("6 file(s) are not where they were"), qPrintable(banner_->said()));
        QVERIFY(banner_->said().contains(path("sounds/tone-0")));
        answerWith(path("disk/sounds"));
        QTest::mouseClick(&banner_->remedy(), Qt::LeftButton);
        QTRY_VERIFY(!banner_->isVisible());
        QTRY_COMPARE(notes_->size(), 1);
        QCOMPARE(notes_->front().front().toString(), "6 file(s) found.");
        QCOMPARE(shownPath(5), path("disk/sounds/tone-1/002.wav"));
        workspace_->project().undo(); // one step
        QTRY_COMPARE(shownPath(0), path("sounds/tone-0/000.wav"));
    }

    void reportsWhatIsStillMissing()
    {
        QVERIFY(QFile::remove(path("disk/sounds/tone-0/000.wav")));
        QFile other(path("disk/sounds/tone-0/001.wav"));
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("something else") > 0);
        other.close();
        QTRY_VERIFY(banner_->isVisible());
        answerWith(path("disk")); // a folder above will do
        QTest::mouseClick(&banner_->remedy(), Qt::LeftButton);
        QMessageBox* report = waitForReport();
        QCOMPARE(report->text(), "4 file(s) found.");
        QCOMPARE(report->informativeText(), "1 file(s) have the right name but hold something else; they were not taken.\n2 file(s) are still missing.");
        QTRY_VERIFY(banner_->said().startsWith("2 file(s)"));
        QVERIFY(QDir().mkpath(path("late/tone-0")));
        answerWith(path("late"));
        QTest::mouseClick(test::child<QPushButton>(*report, "relocateAgain"), Qt::LeftButton);
        report = waitForReport();
        QCOMPARE(report->text(), "0 file(s) found.");
        QTest::mouseClick(report->button(QMessageBox::Close), Qt::LeftButton);
    }

    void fromTheMenuOfClips()
    {
        QTRY_VERIFY(banner_->isVisible());
        QVERIFY(QDir(folder_->path()).rename("disk/sounds", "sounds")); // the disk is back
        auto* table = test::child<ClipTable>(*page_, "clips");
        QTRY_COMPARE(table->model()->rowCount(), 6);
        const QPoint place = table->visualRect(table->model()->index(1, static_cast<int>(ClipColumn::name))).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, table->viewport()->mapToGlobal(place));
        QApplication::sendEvent(table->viewport(), &event);
        QTRY_VERIFY(QApplication::activePopupWidget());
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->findChild<QAction*>("relocateFiles")).center());
        QTRY_VERIFY(!banner_->isVisible());
        QTRY_COMPARE(notes_->size(), 1);
        QCOMPARE(notes_->front().front().toString(), "All files of the project are where they were.");
    }

private:
    QString path(const QString& name) const { return folder_->filePath(name); }
    QString shownPath(std::size_t row) const { return QString::fromStdString(workspace_->view().rows[row].audio.source.path); }
    /// Gives the folder to the dialog once it is there.
    void answerWith(const QString& folder)
    {
        QTimer::singleShot(50, this, [this, folder] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return answerWith(folder);
            auto* name = test::child<QLineEdit>(*dialog, "fileNameEdit");
            name->setText(folder); // at once: what the list selects meanwhile would be mixed with what is typed
            QTest::keyClick(name, Qt::Key_Return);
        });
    }
    QMessageBox* waitForReport()
    {
        QMessageBox* box = nullptr;
        const bool there = QTest::qWaitFor([&] {
            const auto all = page_->findChildren<QMessageBox*>("relocationReport");
            box = all.isEmpty() ? nullptr : all.back();
            return box && box->isVisible();
        });
        if (!there)
            qFatal("no report");
        return box;
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Workspace> workspace_;
    std::unique_ptr<DataPage> page_;
    std::unique_ptr<QSignalSpy> notes_;
    WarningCard* banner_ = nullptr;
};

QTEST_MAIN(RelocateTest)
#include "tst_relocate.moc"
