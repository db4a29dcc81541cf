// Dividing by hand: the dialog, its look at what would come, the warning about recordings on both sides, and moving clips one by one.
#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

#include <array>

#include "tests/ui/pages/data/data_page_case.h"
#include "ui/dialogs/split_dialog.h"
#include "ui/widgets/warning_card.h"

using namespace earmark;

class SplitDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    /// Twenty clips, four from each of five recordings, rock and jazz in turn.
    void init()
    {
        at_ = std::make_unique<test::DataPageCase>(20);
        ProjectSession& project = at_->workspace.project();
        const auto& ids = at_->project.ids;
        for (std::size_t i = 0; i < 5; ++i)
            project.setGroup({ids.begin() + static_cast<long>(4 * i), ids.begin() + static_cast<long>(4 * i + 4)}, "take " + std::to_string(i));
        for (std::size_t i = 0; i < ids.size(); ++i)
            project.setLabels({ids[i]}, {i % 2 ? "rock" : "jazz"});
        test::settle(at_->workspace);
    }
    void cleanup() { at_.reset(); }

    void sizesAlwaysMakeAHundred()
    {
        QDialog* dialog = openDialog();
        type(size(dialog, "test"), "25");
        QCOMPARE(sizes(dialog), (std::array{65, 10, 25}));
        type(size(dialog, "train"), "50");
        const auto now = sizes(dialog);
        QCOMPARE(now[0], 50);
        QCOMPARE(now[1] + now[2], 50);
        type(size(dialog, "validation"), "0");
        type(size(dialog, "test"), "99");
        QCOMPARE(sizes(dialog), (std::array{1, 0, 99}));
        type(size(dialog, "test"), "0");
        QCOMPARE(sizes(dialog), (std::array{100, 0, 0}));
        QVERIFY(!divide(dialog)->isEnabled());
        QVERIFY(!text(dialog, "splitSaid").isEmpty());
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    void bordersCanBePulled()
    {
        QDialog* dialog = openDialog();
        auto* bar = test::child<QWidget>(*dialog, "splitBar");
        const auto at = [&](int percent) { return QPoint(bar->width() * percent / 100, bar->height() / 2); };
        pull(bar, at(80), at(60));
        QCOMPARE(sizes(dialog), (std::array{60, 30, 10}));
        pull(bar, at(90), at(70));
        QCOMPARE(sizes(dialog), (std::array{60, 10, 30}));
        pull(bar, at(60), at(99)); // no further than the other
        QCOMPARE(sizes(dialog), (std::array{70, 0, 30}));
        pull(bar, at(40), at(20)); // no border there
        QCOMPARE(sizes(dialog), (std::array{70, 0, 30}));
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    void previewIsWhatComes()
    {
        QDialog* dialog = openDialog();
        type(size(dialog, "test"), "20");
        type(size(dialog, "validation"), "20");
        auto* table = test::child<QTreeWidget>(*dialog, "splitPreview");
        QTRY_COMPARE(cells(table, 0), (QStringList{"All clips", "12 (60.0 %)", "4 (20.0 %)", "4 (20.0 %)"})); // recordings stay whole
        QCOMPARE(cells(table, 1), (QStringList{"rock", "6", "2", "2"}));            // in the label set's order
        QCOMPARE(cells(table, 2), (QStringList{"jazz", "6", "2", "2"}));
        QVERIFY(!card(dialog)->isVisible());
        QVERIFY(at_->workspace.view().splits.empty());
        QTest::mouseClick(divide(dialog), Qt::LeftButton);
        QTRY_COMPARE(at_->workspace.view().splits.size(), 3U);
        QCOMPARE(at_->workspace.view().splits[0].clips, 12U);
        QTRY_VERIFY(!at_->table->isColumnHidden(static_cast<int>(ClipColumn::split)));
        at_->workspace.project().undo();
        QTRY_VERIFY(at_->workspace.view().splits.empty());
    }

    void recordingsOnBothSides()
    {
        QDialog* dialog = openDialog();
        choose(test::child<QComboBox>(*dialog, "splitGroup"), "Nothing");
        QTRY_VERIFY(card(dialog)->isVisible());
        QVERIFY(card(dialog)->said().startsWith("4 clip(s)"));
        QTest::mouseClick(test::child<QPushButton>(*dialog, "splitLeakRemedy"), Qt::LeftButton);
        QTRY_VERIFY(!card(dialog)->isVisible());
        QCOMPARE(test::child<QComboBox>(*dialog, "splitGroup")->currentText(), "Clips of one recording");
        QCOMPARE(text(dialog, "splitSaid"), "Going by groups and files, no recording is on both sides.");
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(at_->workspace.view().splits.empty());
    }

    void thePageSaysSoToo()
    {
        auto* banner = test::child<WarningCard>(at_->page, "splitBanner");
        QDialog* dialog = openDialog();
        choose(test::child<QComboBox>(*dialog, "splitGroup"), "Nothing");
        QTRY_VERIFY(card(dialog)->isVisible());
        QTest::mouseClick(divide(dialog), Qt::LeftButton);
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->said().startsWith("4 clip(s)"));
        at_->click("splitBannerRemedy");
        dialog = waitForDialog();
        QTRY_VERIFY(divide(dialog)->isEnabled());
        QTest::mouseClick(divide(dialog), Qt::LeftButton);
        QTRY_VERIFY(!banner->isVisible());
    }

    void rowsOfHuggingFace()
    {
        QDialog* dialog = openDialog();
        auto* method = test::child<QComboBox>(*dialog, "splitMethod");
        QVERIFY(!method->isVisible());
        QTest::mouseClick(test::child<QPushButton>(*dialog, "splitAdvanced"), Qt::LeftButton);
        QVERIFY(method->isVisible());
        type(test::child<QSpinBox>(*dialog, "splitSeed"), "7");
        choose(method, "The rows of Hugging Face datasets");
        QVERIFY(!test::child<QComboBox>(*dialog, "splitGroup")->isEnabled());
        QVERIFY(!test::child<QCheckBox>(*dialog, "splitStratify")->isEnabled());
        QTRY_VERIFY(card(dialog)->isVisible());
        QTest::mouseClick(divide(dialog), Qt::LeftButton);
        QTRY_COMPARE(at_->workspace.view().splits.size(), 3U);
        QCOMPARE(at_->workspace.view().splits[0].method, "datasets, seed 7");
        QCOMPARE(at_->workspace.view().splits[2].clips, 2U);
    }

    void clipsMoveByTheMenu()
    {
        at_->clickRow(2);
        at_->clickRow(4, Qt::ShiftModifier);
        moveTo("test");
        QTRY_COMPARE(at_->workspace.view().splits.size(), 1U);
        QCOMPARE(at_->workspace.view().splits[0].name, "test");
        QCOMPARE(at_->row(3).split, 0);
        QCOMPARE(at_->row(5).split, -1);
        moveTo("");
        QTRY_VERIFY(at_->workspace.view().splits.empty());
        at_->workspace.project().undo();
        QTRY_COMPARE(at_->row(4).split, 0);
    }

private:
    QDialog* waitForDialog()
    {
        QDialog* found = nullptr;
        const bool there = QTest::qWaitFor([&] {
            found = at_->page.findChild<SplitDialog*>();
            return found && found->isVisible();
        });
        if (!there)
            qFatal("no dialog");
        return found;
    }
    QDialog* openDialog()
    {
        at_->click("divideButton");
        QDialog* dialog = waitForDialog();
        if (!QTest::qWaitFor([&] { return divide(dialog)->isEnabled(); }))
            qFatal("no plan");
        return dialog;
    }
    static QPushButton* divide(QDialog* dialog) { return test::child<QPushButton>(*dialog, "splitDivide"); }
    static WarningCard* card(QDialog* dialog) { return test::child<WarningCard>(*dialog, "splitLeak"); }
    static QSpinBox* size(QDialog* dialog, const QString& part) { return test::child<QSpinBox>(*dialog, "splitSize:" + part); }
    static QString text(QDialog* dialog, const QString& label) { return test::child<QLabel>(*dialog, label)->text(); }
    static std::array<int, 3> sizes(QDialog* dialog) { return {size(dialog, "train")->value(), size(dialog, "validation")->value(), size(dialog, "test")->value()}; }
    static QStringList cells(QTreeWidget* table, int row)
    {
        const QTreeWidgetItem* item = table->topLevelItem(row);
        return item ? QStringList{item->text(0), item->text(1), item->text(2), item->text(3)} : QStringList();
    }
    static void type(QSpinBox* box, const QString& number)
    {
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, number);
        QTest::keyClick(box, Qt::Key_Tab);
    }
    static void pull(QWidget* bar, const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(bar, Qt::LeftButton, {}, from);
        QTest::mouseMove(bar, to);
        QTest::mouseRelease(bar, Qt::LeftButton, {}, to);
    }
    static void choose(QComboBox* box, const QString& text)
    {
        QVERIFY(box->findText(text) > 0);
        box->setFocus();
        while (box->currentIndex() < box->findText(text))
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), text);
    }
    void moveTo(const QString& split)
    {
        const QPoint place = at_->table->visualRect(at_->table->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, at_->table->viewport()->mapToGlobal(place));
        QApplication::sendEvent(at_->table->viewport(), &event);
        QTRY_VERIFY(QApplication::activePopupWidget());
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        auto* action = menu->findChild<QAction*>("moveTo:" + split);
        QVERIFY(action);
        auto* splits = qobject_cast<QMenu*>(action->parent());
        menu->setActiveAction(splits->menuAction());
        QTRY_VERIFY(splits->isVisible());
        QTest::mouseClick(splits, Qt::LeftButton, {}, splits->actionGeometry(action).center());
        QTRY_VERIFY(!QApplication::activePopupWidget());
    }

    std::unique_ptr<test::DataPageCase> at_;
};

QTEST_MAIN(SplitDialogTest)
#include "tst_split_dialog.moc"
