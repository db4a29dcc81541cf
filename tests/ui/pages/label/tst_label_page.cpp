// Labelling by key and by click, the queue, undo across a restart, texts, empty states, the label set's dialog.
#include <QComboBox>
#include <QDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QTreeWidget>

#include "engine/dataset/palette.h"
#include "tests/ui/pages/label/label_page_case.h"

using namespace earmark;

class LabelPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void init() { at_ = std::make_unique<test::LabelPageCase>(); }
    void cleanup() { at_.reset(); }

    void keysLabelAndGoOn()
    {
        QCOMPARE(at_->current(), 0);
        at_->press(Qt::Key_1);
        QCOMPARE(at_->current(), 1);
        at_->press(Qt::Key_B);
        QCOMPARE(at_->current(), 2);
        QTRY_COMPARE(at_->labels(0), "rock");
        QTRY_COMPARE(at_->labels(1), "blues");
        QTRY_COMPARE(at_->text("queuePosition"), QString::fromUtf8("3 of 4 · 2 labelled"));
        at_->press(Qt::Key_2, Qt::ShiftModifier); // a further one stays where it is
        at_->press(Qt::Key_1, Qt::ShiftModifier);
        QTRY_COMPARE(at_->labels(2), "jazz | rock");
        QCOMPARE(at_->current(), 2);
        at_->press(Qt::Key_2, Qt::ShiftModifier); // and goes again
        QTRY_COMPARE(at_->labels(2), "rock");
        at_->press(Qt::Key_2); // instead of it
        QTRY_COMPARE(at_->labels(2), "jazz");
    }

    void stepsAndStates()
    {
        at_->press(Qt::Key_Return);
        at_->press(Qt::Key_Return);
        QCOMPARE(at_->current(), 2);
        at_->press(Qt::Key_Backspace);
        at_->press(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(at_->current(), 0);
        at_->press(Qt::Key_Period);
        QCOMPARE(at_->current(), 1);
        at_->press(Qt::Key_Comma);
        QTRY_COMPARE(row(0).state, ClipState::skip);
        QTRY_COMPARE(row(1).state, ClipState::unsure);
        QTRY_VERIFY(test::child<QAbstractButton>(*at_->page, "unsureState")->isChecked());
        at_->click("unsureState");
        QTRY_COMPARE(row(1).state, ClipState::none);
        at_->click("nextClip");
        QCOMPARE(at_->current(), 2);
    }

    void buttonsLabel()
    {
        at_->click("label:jazz");
        QTRY_COMPARE(at_->labels(0), "jazz");
        QCOMPARE(at_->current(), 1);
        at_->click("autoAdvance");
        at_->click("label:rock");
        QTRY_COMPARE(at_->labels(1), "rock");
        QCOMPARE(at_->current(), 1);
        QTRY_VERIFY(test::child<QAbstractButton>(*at_->page, "label:rock")->isChecked());
        at_->press(Qt::Key_0);
        QTRY_COMPARE(at_->labels(1), "");
        QVERIFY(!at_->workspace->settings().advance());
    }

    void undoAndRedo()
    {
        at_->press(Qt::Key_1);
        at_->press(Qt::Key_2);
        QTRY_COMPARE(at_->labels(1), "jazz");
        QCOMPARE(at_->current(), 2);
        at_->click("undoButton");
        QTRY_COMPARE(at_->labels(1), "");
        QTRY_COMPARE(at_->current(), 1); // the clip concerned
        at_->click("undoButton");
        QTRY_COMPARE(at_->labels(0), "");
        QTRY_COMPARE(at_->current(), 0);
        at_->click("redoButton");
        QTRY_COMPARE(at_->labels(0), "rock");
        at_->click("redoButton");
        QTRY_COMPARE(at_->labels(1), "jazz");
        QTRY_COMPARE(at_->current(), 1);
    }

    void undoAcrossRestart()
    {
        at_->press(Qt::Key_1);
        at_->press(Qt::Key_2);
        QTRY_COMPARE(at_->labels(1), "jazz");
        at_->open();
        QCOMPARE(at_->labels(1), "jazz");
        QCOMPARE(at_->current(), 2); // without a label first
        QVERIFY(test::child<QAbstractButton>(*at_->page, "undoButton")->toolTip().contains("Label 1 clip"));
        at_->click("undoButton");
        QTRY_COMPARE(at_->labels(1), "");
        QTRY_COMPARE(at_->current(), 1);
        at_->open();
        at_->click("redoButton");
        QTRY_COMPARE(at_->labels(1), "jazz");
    }

    void textIsNoKey()
    {
        auto* transcript = test::child<QPlainTextEdit>(*at_->page, "transcript");
        QTRY_VERIFY(!transcript->isReadOnly());
        transcript->setFocus();
        QTest::keyClicks(transcript, "1 b, 2.");
        QTest::keyClick(transcript, Qt::Key_Return);
        QCOMPARE(transcript->toPlainText(), "1 b, 2.\n");
        QCOMPARE(at_->current(), 0);
        QTest::keyClick(transcript, Qt::Key_Backspace);
        QTest::keyClick(transcript, Qt::Key_Return, Qt::ControlModifier); // keeps it and goes on
        QCOMPARE(at_->current(), 1);
        QTRY_VERIFY(row(0).hasTranscript);
        QCOMPARE(at_->labels(0), "");
        QTRY_COMPARE(transcript->toPlainText(), "");
        auto* note = test::child<QPlainTextEdit>(*at_->page, "clipNote");
        note->setFocus();
        QTest::keyClicks(note, "loud");
        transcript->setFocus(); // leaving is enough
        QTRY_VERIFY(row(1).hasNote);
        at_->click("previousClip");
        QTRY_COMPARE(transcript->toPlainText(), "1 b, 2.");
        QCOMPARE(note->toPlainText(), "");
    }

    void typedForTheClipThatIsLeft()
    {
        auto* note = test::child<QPlainTextEdit>(*at_->page, "clipNote");
        QTRY_VERIFY(!note->isReadOnly());
        note->setFocus();
        QTest::keyClicks(note, "first");
        at_->workspace->setCurrentClip(at_->project.ids[2]); // from elsewhere, while the field has the focus
        QTRY_VERIFY(row(0).hasNote);
        QTRY_COMPARE(note->toPlainText(), "");
        QVERIFY(!row(2).hasNote);
    }

    void showsWhatTheRunSays()
    {
        auto* said = test::child<QLabel>(*at_->page, "labelPrediction");
        QVERIFY(!said->isVisible());
        ProjectSession& project = at_->workspace->project();
        project.edit([clip = at_->project.ids[0]](Project& file) -> Result<Touched> {
            EARMARK_TRY(const auto run, file.addRun({.name = "first", .folder = "r", .base = "b", .labels = {"jazz", "rock"}, .state = "finished"}));
            EARMARK_TRY_VOID(file.addPredictions(run, std::vector<Prediction>{{.clip = clip, .label = "rock", .scores = {0.25f, 0.75f}}}));
            return Touched{.runs = true};
        });
        test::settle(*at_->workspace);
        auto* order = test::child<QComboBox>(*at_->page, "queueOrder");
        order->setFocus();
        QTest::keyClick(order, Qt::Key_Down); // least certain first: shows the run
        QTRY_VERIFY(said->isVisible());
        QCOMPARE(said->text(), "first says rock (75.0 %)");
    }

    void newLabels()
    {
        auto* name = test::child<QLineEdit>(*at_->page, "labelName");
        name->setFocus();
        QTest::keyClicks(name, "folk");
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(at_->page->findChild<QAbstractButton*>("label:folk"));
        QCOMPARE(at_->workspace->view().labelNamed("folk")->key, "3");
        QTest::keyClicks(name, "ja");
        QVERIFY(!test::child<QAbstractButton>(*at_->page, "label:rock")->isVisible());
        QTest::keyClick(name, Qt::Key_Return); // the one that is left
        QTRY_COMPARE(at_->labels(0), "jazz");
        QVERIFY(test::child<QAbstractButton>(*at_->page, "label:rock")->isVisible());
    }

    void queueFinishes()
    {
        QVERIFY(!test::child<QWidget>(*at_->page, "queueFinished")->isVisible());
        for (int i = 0; i < 4; ++i)
            at_->press(Qt::Key_1);
        QTRY_VERIFY(test::child<QWidget>(*at_->page, "queueFinished")->isVisible());
        QSignalSpy asked(at_->workspace.get(), &Workspace::pageAsked);
        at_->click("goTrain");
        QCOMPARE(asked.size(), 1);
    }

    void nothingLeft()
    {
        auto* which = test::child<QComboBox>(*at_->page, "queueWhich");
        which->setFocus();
        QTest::keyClick(which, Qt::Key_End); // “unsure”: none
        QTRY_COMPARE(at_->text("labelEmptyTitle"), "No clip is left here");
        at_->click("labelEmptyButton");
        QVERIFY(test::child<QWidget>(*at_->page, "labelWaveform")->isVisible());
    }

    void withoutProject()
    {
        at_->workspace->project().close();
        QCOMPARE(at_->text("labelEmptyTitle"), "No project is open");
        QSignalSpy asked(at_->workspace.get(), &Workspace::pageAsked);
        at_->click("labelEmptyButton");
        QCOMPARE(asked.size(), 1);
        at_->press(Qt::Key_1); // means nothing
    }

    void labelSet()
    {
        inDialog([](QDialog& dialog) {
            auto* list = test::child<QTreeWidget>(dialog, "labelSet");
            QCOMPARE(list->topLevelItemCount(), 3);
            auto* ok = test::child<QPushButton>(dialog, "labelSetOk");
            list->topLevelItem(0)->setText(0, "metal");
            list->topLevelItem(1)->setText(1, "B"); // taken
            QVERIFY(!ok->isEnabled());
            QVERIFY(!test::child<QLabel>(dialog, "labelSetProblem")->text().isEmpty());
            list->topLevelItem(1)->setText(1, "J");
            QVERIFY(ok->isEnabled());
            list->setCurrentItem(list->topLevelItem(2));
            QTest::mouseClick(test::child<QPushButton>(dialog, "labelUp"), Qt::LeftButton);
            QTest::mouseClick(test::child<QPushButton>(dialog, "addLabel"), Qt::LeftButton);
            QTest::keyClicks(QApplication::focusWidget(), "folk");
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
            QTRY_COMPARE(list->topLevelItem(3)->text(0), QString("folk"));
            QTimer::singleShot(0, &dialog, [] {
                QWidget* menu = QApplication::activePopupWidget();
                QVERIFY(menu && menu->objectName() == "labelColours");
                QTest::keyClick(menu, Qt::Key_Down); // six further
                QTest::keyClick(menu, Qt::Key_Return);
            });
            list->setCurrentItem(list->topLevelItem(0));
            QTest::mouseClick(test::child<QPushButton>(dialog, "labelColour"), Qt::LeftButton);
            QTest::mouseClick(ok, Qt::LeftButton);
        });
        QTRY_COMPARE(at_->workspace->view().labels.size(), std::size_t(4));
        QCOMPARE(at_->workspace->view().labels.front().colour, paletteColour(6));
        QStringList names;
        for (const LabelClass& label : at_->workspace->view().labels)
            names << QString::fromStdString(label.name + ":" + label.key);
        QCOMPARE(names, (QStringList{"metal:1", "blues:b", "jazz:j", "folk:2"}));
        at_->press(Qt::Key_J);
        QTRY_COMPARE(at_->labels(0), "jazz");
    }

    void merges()
    {
        at_->press(Qt::Key_1);
        at_->press(Qt::Key_1);
        QTRY_COMPARE(at_->labels(1), "rock");
        QString question;
        inDialog([&](QDialog& dialog) {
            auto* list = test::child<QTreeWidget>(dialog, "labelSet");
            QCOMPARE(list->topLevelItem(0)->text(2), "2");
            QTimer::singleShot(0, &dialog, [&] {
                auto* asked = dialog.findChild<QInputDialog*>();
                question = asked->labelText();
                asked->setTextValue("blues");
                asked->accept();
            });
            QTest::mouseClick(test::child<QPushButton>(dialog, "mergeLabel"), Qt::LeftButton);
            QTRY_COMPARE(list->topLevelItemCount(), 2);
            QTest::mouseClick(test::child<QPushButton>(dialog, "labelSetOk"), Qt::LeftButton);
        });
        QVERIFY2(question.startsWith("2 clip"), qPrintable(question));
        QTRY_COMPARE(at_->labels(0), "blues");
        QCOMPARE(at_->labels(1), "blues");
        at_->click("undoButton");
        QTRY_COMPARE(at_->labels(1), "rock");
    }

    void deletesWhatIsUsedAfterAsking()
    {
        at_->press(Qt::Key_1);
        QTRY_COMPARE(at_->labels(0), "rock");
        QString question;
        inDialog([&](QDialog& dialog) {
            QTimer::singleShot(0, &dialog, [&] {
                auto* box = dialog.findChild<QMessageBox*>();
                question = box->text();
                QTest::mouseClick(box->findChild<QPushButton*>("deleteUsedLabelYes"), Qt::LeftButton);
            });
            QTest::mouseClick(test::child<QPushButton>(dialog, "deleteLabel"), Qt::LeftButton);
            QTest::mouseClick(test::child<QPushButton>(dialog, "labelSetOk"), Qt::LeftButton);
        });
        QVERIFY2(question.startsWith("1 clip"), qPrintable(question));
        QTRY_COMPARE(at_->workspace->view().labels.size(), std::size_t(2));
        QCOMPARE(at_->labels(0), "");
    }

private:
    const ClipRow& row(int clip) const
    {
        const ProjectView& view = at_->workspace->view();
        return view.rows[*view.rowOf(at_->project.ids[static_cast<std::size_t>(clip)])];
    }

    void inDialog(const std::function<void(QDialog&)>& act)
    {
        QTimer::singleShot(0, at_->page.get(), [&] {
            auto* dialog = at_->page->findChild<QDialog*>("labelSetDialog");
            QTRY_COMPARE(QApplication::activeWindow(), dialog);
            act(*dialog);
        });
        at_->click("editLabels");
    }

    std::unique_ptr<test::LabelPageCase> at_;
};

QTEST_MAIN(LabelPageTest)
#include "tst_label_page.moc"
