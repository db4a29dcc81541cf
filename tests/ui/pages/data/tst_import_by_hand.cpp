// Importing by hand: the dialog's choices and its look at what would come, progress, the report, and a project made where none is open.
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/pages/data/clip_table.h"
#include "ui/pages/data/data_page.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class ImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        workspace_ = std::make_unique<Workspace>();
        page_ = std::make_unique<DataPage>(*workspace_);
        page_->resize(1200, 560);
        page_->show();
        test::writeToneCorpus(folder_->filePath("tones"), 2, 3);
    }

    void cleanup()
    {
        page_.reset();
        workspace_.reset();
        folder_.reset();
    }

    void folderIntoANewProject()
    {
        workspace_->importSources({folder_->filePath("tones")});
        QDialog* dialog = waitFor("importDialog");
        auto* said = test::child<QLabel>(*dialog, "importSaid");
        QTRY_COMPARE(said->text(), "6 clip(s), 2 different label(s).");
        QVERIFY(!test::child<QComboBox>(*dialog, "importLabelColumn")->isVisible());
        QTest::mouseClick(test::child<QPushButton>(*dialog, "importStart"), Qt::LeftButton);
        QTRY_COMPARE(workspace_->view().rows.size(), 6U);
        QTRY_COMPARE(test::child<ClipTable>(*page_, "clips")->model()->rowCount(), 6);
        QVERIFY(test::child<ClipTable>(*page_, "clips")->isVisible());
        QCOMPARE(QString::fromStdString(workspace_->project().path()), folder_->filePath("tones.earmark"));
        QTRY_VERIFY(!test::child<QWidget>(*page_, "importBanner")->isVisible());
    }

    void patternGivesGroups()
    {
        workspace_->importSources({folder_->filePath("tones")});
        QDialog* dialog = waitFor("importDialog");
        auto* rows = test::child<QTreeWidget>(*dialog, "importRows");
        QTRY_COMPARE(rows->topLevelItemCount(), 6);
        auto* pattern = test::child<QLineEdit>(*dialog, "importPattern");
        QTest::keyClicks(pattern, "(\\d+)\\.wav");
        QTRY_COMPARE(rows->topLevelItem(0) ? rows->topLevelItem(0)->text(3) : QString(), "000");
        QTest::keyClicks(pattern, "(");
        auto* said = test::child<QLabel>(*dialog, "importSaid");
        QTRY_VERIFY(said->text().contains("group pattern"));
        QVERIFY(!test::child<QPushButton>(*dialog, "importStart")->isEnabled());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activeModalWidget());
    }

    void tableWithColumns()
    {
        write("clips.csv", "where,what,who\ntones/tone-0/000.wav,low;calm,ann\ntones/tone-1/000.wav,high,bob\n");
        workspace_->importSources({folder_->filePath("clips.csv")});
        QDialog* dialog = waitFor("importDialog");
        auto* said = test::child<QLabel>(*dialog, "importSaid");
        QTRY_COMPARE(said->text(), "Choose the column that holds the names of the files."); // none is called as usual
        auto* file = test::child<QComboBox>(*dialog, "importFileColumn");
        QVERIFY(file->isVisible());
        choose(file, "where");
        QTRY_COMPARE(said->text(), "2 clip(s), 0 different label(s).");
        choose(test::child<QComboBox>(*dialog, "importLabelColumn"), "what");
        choose(test::child<QComboBox>(*dialog, "importGroupColumn"), "who");
        QTest::keyClicks(test::child<QLineEdit>(*dialog, "importSeparator"), ";");
        QTRY_COMPARE(said->text(), "2 clip(s), 3 different label(s).");
        QTest::mouseClick(test::child<QPushButton>(*dialog, "importStart"), Qt::LeftButton);
        QTRY_COMPARE(workspace_->view().rows.size(), 2U);
        QCOMPARE(QString::fromStdString(workspace_->view().labelName(workspace_->view().rows[0])), "low | calm");
        QCOMPARE(workspace_->view().rows[1].group, "bob");
    }

    void numbersToLearn()
    {
        write("heights.csv", "file,target,loud\ntones/tone-0/000.wav,1.5,3\ntones/tone-1/000.wav,-2,4\n");
        workspace_->importSources({folder_->filePath("heights.csv")});
        QDialog* dialog = waitFor("importDialog");
        auto* said = test::child<QLabel>(*dialog, "importSaid");
        QTRY_COMPARE(said->text(), "2 clip(s), 2 different label(s)."); // “target” is usually a label
        auto* numbers = test::child<QToolButton>(*dialog, "importNumberColumns");
        QCOMPARE(numbers->text(), "None");
        for (QAction* column : numbers->menu()->actions())
            if (column->text() != "file")
                column->trigger();
        QVERIFY(numbers->text().contains("target") && numbers->text().contains("loud"));
        QTRY_COMPARE(said->text(), "2 clip(s), 0 different label(s).");
        QTest::mouseClick(test::child<QPushButton>(*dialog, "importStart"), Qt::LeftButton);
        QTRY_COMPARE(workspace_->view().rows.size(), 2U);
        QVERIFY(workspace_->view().rows[0].hasNumber && workspace_->view().rows[0].labels.empty());
        test::child<ClipTable>(*page_, "clips")->selectRow(1);
        QTRY_VERIFY(test::child<QLabel>(*page_, "inspectorColumns")->text().contains("target: -2\nloud: 4"));
    }

    void brokenFilesAreAList()
    {
        write("tones/tone-0/broken.wav", "not a sound");
        QVERIFY(QFile::copy(folder_->filePath("tones/tone-0/000.wav"), folder_->filePath("tones/tone-1/again.wav")));
        workspace_->importSources({folder_->filePath("tones")});
        QDialog* dialog = waitFor("importDialog");
        QTRY_VERIFY(test::child<QPushButton>(*dialog, "importStart")->isEnabled());
        QTest::mouseClick(test::child<QPushButton>(*dialog, "importStart"), Qt::LeftButton);
        QDialog* report = waitFor("importReport");
        QCOMPARE(test::child<QLabel>(*report, "importSummary")->text(), "6 clip(s) imported.");
        auto* broken = test::child<QTreeWidget>(*report, "brokenFiles");
        QCOMPARE(broken->topLevelItemCount(), 1);
        QVERIFY(broken->topLevelItem(0)->text(0).endsWith("broken.wav"));
        QVERIFY(!broken->topLevelItem(0)->text(1).isEmpty());
        QCOMPARE(test::child<QTreeWidget>(*report, "duplicateFiles")->topLevelItemCount(), 1);
        QTest::mouseClick(test::child<QPushButton>(*report, "copyReport"), Qt::LeftButton);
        const QStringList lines = QGuiApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], "File,Reason");
        QTest::keyClick(report, Qt::Key_Escape);
    }

private:
    QDialog* waitFor(const QString& name)
    {
        QDialog* found = nullptr;
        const bool there = QTest::qWaitFor([&] {
            found = page_->findChild<QDialog*>(name);
            return found && found->isVisible();
        });
        if (!there)
            qFatal("no dialog %s", qPrintable(name));
        return found;
    }
    void choose(QComboBox* box, const QString& text)
    {
        QTRY_VERIFY(box->findText(text) >= 0);
        box->setFocus();
        box->setCurrentIndex(box->findText(text) - 1);
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), text);
    }
    void write(const QString& name, const QByteArray& bytes)
    {
        QFile file(folder_->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Workspace> workspace_;
    std::unique_ptr<DataPage> page_;
};

QTEST_MAIN(ImportTest)
#include "tst_import_by_hand.moc"
