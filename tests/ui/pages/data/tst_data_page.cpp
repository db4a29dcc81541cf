// The Data page by hand: rows, keys, filters, bulk edits, removing.
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTimer>

#include "tests/ui/pages/data/data_page_case.h"

using namespace earmark;

class DataPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void init() { at_ = std::make_unique<test::DataPageCase>(); }
    void cleanup() { at_.reset(); }

    void rowIsTheClipAtHand()
    {
        at_->clickRow(2);
        QCOMPARE(at_->workspace.currentClip(), std::optional(at_->project.ids[2]));
        QTRY_COMPARE(at_->text("inspectorTitle"), "3.wav");
        QTest::keyClick(at_->table, Qt::Key_Down);
        QCOMPARE(at_->workspace.currentClip(), std::optional(at_->project.ids[3]));
        at_->workspace.setCurrentClip(at_->project.ids[0]); // from elsewhere
        QCOMPARE(at_->table->currentIndex().row(), 0);
        QCOMPARE(at_->table->selectedClips(), std::vector{at_->project.ids[0]});
    }

    void enterOpensTheLabelPage()
    {
        QSignalSpy asked(&at_->workspace, &Workspace::pageAsked);
        at_->clickRow(1);
        QTest::keyClick(at_->table, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().value<Workspace::PageId>(), Workspace::PageId::label);
    }

    void keysLabelAllThatIsSelected()
    {
        at_->clickRow(1);
        at_->clickRow(3, Qt::ShiftModifier);
        QTest::keyClick(at_->table, Qt::Key_2);
        QTRY_COMPARE(at_->labels(3), "jazz");
        QCOMPARE(at_->labels(1), "jazz");
        QCOMPARE(at_->labels(0), "");
        QTest::keyClick(at_->table, Qt::Key_1, Qt::ShiftModifier);
        QTRY_COMPARE(at_->labels(2), "jazz | rock");
        QCOMPARE(at_->table->selectedClips().size(), 3U);
        QTRY_COMPARE(at_->text("inspectorTitle"), "3 clip(s)");
        at_->click("inspectorRemove:jazz");
        QTRY_COMPARE(at_->labels(2), "rock");
    }

    void searchAndShowAll()
    {
        auto* search = test::child<QLineEdit>(at_->page, "clipSearch");
        QTest::keyClick(at_->table, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, "2.wav");
        QTRY_COMPARE(at_->table->model()->rowCount(), 1);
        QCOMPARE(at_->text("clipCount"), "1 of 6");
        QCOMPARE(at_->labels(1), ""); // what was typed is no key
        QTest::keyClicks(search, " nothing");
        QTRY_VERIFY(test::child<QWidget>(at_->page, "showAllClips")->isVisible());
        at_->click("showAllClips");
        QTRY_COMPARE(at_->table->model()->rowCount(), 6);
        QCOMPARE(search->text(), "");
        QCOMPARE(at_->text("clipCount"), "6 clip(s)");
    }

    void balanceFilters()
    {
        at_->workspace.project().setLabels({at_->project.ids[0]}, {"jazz"});
        test::settle(at_->workspace);
        auto* balance = test::child<QListView>(at_->page, "balance");
        const auto click = [&](int row) { QTest::mouseClick(balance->viewport(), Qt::LeftButton, {}, balance->visualRect(balance->model()->index(row, 0)).center()); };
        click(3);
        QTRY_COMPARE(at_->table->model()->rowCount(), 1);
        click(1);
        QTRY_COMPARE(at_->table->model()->rowCount(), 5);
        click(0);
        QTRY_COMPARE(at_->table->model()->rowCount(), 6);
    }

    void listFromAnotherPage()
    {
        auto* chip = test::child<QAbstractButton>(at_->page, "listedFilter");
        QVERIFY(!chip->isVisible());
        at_->workspace.showClips({at_->project.ids[4], at_->project.ids[1]}, "jazz heard as rock");
        QTRY_COMPARE(at_->table->model()->rowCount(), 2);
        QVERIFY(chip->isVisible());
        QCOMPARE(chip->text(), "jazz heard as rock");
        at_->click("listedFilter");
        QTRY_COMPARE(at_->table->model()->rowCount(), 6);
        QVERIFY(!chip->isVisible());
    }

    void headerSorts()
    {
        QHeaderView* header = at_->table->horizontalHeader();
        const auto click = [&] {
            const int x = header->sectionViewportPosition(static_cast<int>(ClipColumn::name)) + 20;
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        };
        at_->clickRow(0);
        click();
        click();
        QTRY_COMPARE(at_->table->model()->index(0, static_cast<int>(ClipColumn::name)).data().toString(), "6.wav");
        QCOMPARE(at_->table->selectedClips(), std::vector{at_->project.ids[0]}); // still
        QCOMPARE(at_->table->currentIndex().row(), 5);
    }

    void emptyColumnsHide()
    {
        QVERIFY(at_->table->isColumnHidden(static_cast<int>(ClipColumn::group)));
        at_->clickRow(0);
        QTRY_COMPARE(at_->text("inspectorTitle"), "1.wav");
        auto* group = test::child<QLineEdit>(at_->page, "inspectorGroup");
        group->setFocus();
        QTest::keyClicks(group, "take 1");
        QTest::keyClick(group, Qt::Key_Return);
        QTRY_COMPARE(at_->row(0).group, "take 1");
        QTRY_VERIFY(!at_->table->isColumnHidden(static_cast<int>(ClipColumn::group)));
    }

    void inspectorEdits()
    {
        at_->clickRow(0);
        at_->clickRow(1, Qt::ControlModifier);
        QTRY_COMPARE(at_->text("inspectorTitle"), "2 clip(s)");
        auto* label = test::child<QLineEdit>(at_->page, "inspectorNewLabel");
        label->setFocus();
        QTest::keyClicks(label, "folk");
        QTest::keyClick(label, Qt::Key_Return);
        QTRY_COMPARE(at_->labels(1), "folk");
        at_->click("inspectorExclude");
        QTRY_COMPARE(at_->row(0).state, ClipState::excluded);
        at_->click("inspectorExclude");
        QTRY_COMPARE(at_->row(1).state, ClipState::none);
        QVERIFY(!test::child<QWidget>(at_->page, "inspectorNote")->isVisible());
        at_->clickRow(2);
        auto* note = test::child<QPlainTextEdit>(at_->page, "inspectorNote");
        QTRY_VERIFY(note->isVisible() && !note->isReadOnly());
        note->setFocus();
        QTest::keyClicks(note, "1 loud");
        at_->table->setFocus();
        QTRY_VERIFY(at_->row(2).hasNote);
        QCOMPARE(at_->labels(2), "");
    }

    void removingAsksOnce()
    {
        at_->clickRow(0);
        at_->clickRow(1, Qt::ShiftModifier);
        answer("removeQuestion", false);
        QTest::keyClick(at_->table, Qt::Key_Delete);
        QCOMPARE(asked_, "Remove 2 clip(s) from the project?");
        test::settle(at_->workspace);
        QCOMPARE(at_->workspace.view().rows.size(), 6U);
        answer("removeQuestion", true);
        QTest::keyClick(at_->table, Qt::Key_Delete);
        QTRY_COMPARE(at_->table->model()->rowCount(), 4);
        at_->workspace.project().undo();
        QTRY_COMPARE(at_->table->model()->rowCount(), 6);
    }

    void menuOfClips()
    {
        at_->clickRow(0);
        const QPoint place = at_->table->visualRect(at_->table->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, at_->table->viewport()->mapToGlobal(place));
        QApplication::sendEvent(at_->table->viewport(), &event);
        QTRY_VERIFY(QApplication::activePopupWidget());
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu && menu->objectName() == "clipMenu");
        QVERIFY(menu->findChild<QAction*>("copyPath"));
        QTest::keyClick(menu, Qt::Key_Escape);
    }

    void emptyProject()
    {
        QTemporaryDir folder;
        at_->workspace.project().create(folder.filePath("e.earmark").toStdString());
        QTRY_VERIFY(test::child<QWidget>(at_->page, "emptyImportFolder")->isVisible());
        QVERIFY(!at_->table->isVisible());
        at_.reset(); // the project is closed before its folder goes
    }

private:
    /// Clicks in the question of this name once it is there.
    void answer(const QString& name, bool yes)
    {
        QTimer::singleShot(50, this, [this, name, yes] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(box && box->objectName() == name);
            asked_ = box->text();
            QTest::mouseClick(yes ? test::child<QAbstractButton>(*box, "removeConfirm") : box->button(QMessageBox::Cancel), Qt::LeftButton);
        });
    }

    std::unique_ptr<test::DataPageCase> at_;
    QString asked_;
};

QTEST_MAIN(DataPageTest)
#include "tst_data_page.moc"
