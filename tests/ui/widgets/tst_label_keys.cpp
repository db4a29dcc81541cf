// Label keys fire in the window of their area, while it is seen, and never while text is typed or composed.
#include <QComboBox>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QVBoxLayout>

#include "tests/support/gui.h"
#include "ui/widgets/label_keys.h"

using namespace earmark;

class LabelKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        project_.create(folder_.filePath("p.earmark").toStdString());
        QSignalSpy opened(&project_, &ProjectSession::opened);
        QVERIFY(opened.wait());
        QSignalSpy labels(&project_, &ProjectSession::labelSetChanged);
        project_.setLabelSet({{.name = "rock", .key = "1"}, {.name = "jazz", .key = "j"}});
        QVERIFY(labels.wait());
    }

    void init()
    {
        window_ = std::make_unique<QWidget>();
        area_ = new QWidget;
        area_->setFocusPolicy(Qt::StrongFocus);
        outside_ = new QWidget;
        outside_->setFocusPolicy(Qt::StrongFocus);
        auto* layout = new QVBoxLayout(window_.get());
        layout->addWidget(area_);
        layout->addWidget(outside_);
        inner_ = new QVBoxLayout(area_);
        keys_ = new LabelKeys(project_, area_);
        chosen_.clear();
        connect(keys_, &LabelKeys::chosen, this, [this](const LabelClass& label, bool further) {
            chosen_ += QString::fromStdString(label.name) + (further ? "+" : "") + ' ';
        });
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        area_->setFocus();
    }

    void keysChoose()
    {
        QTest::keyClick(area_, Qt::Key_1);
        QTest::keyClick(area_, Qt::Key_J);
        QTest::keyClick(area_, Qt::Key_J, Qt::ShiftModifier);
        QTest::keyClick(area_, Qt::Key_1, Qt::ShiftModifier);
        QCOMPARE(chosen_, "rock jazz jazz+ rock+ ");
    }

    void otherKeysDoNot()
    {
        QTest::keyClick(area_, Qt::Key_2);
        QTest::keyClick(area_, Qt::Key_J, Qt::ControlModifier);
        QTest::keyClick(area_, Qt::Key_J, Qt::AltModifier);
        QCOMPARE(chosen_, "");
    }

    void onlyWhereTheAreaIsSeen()
    {
        outside_->setFocus();
        QTest::keyClick(outside_, Qt::Key_1); // the player, say
        QCOMPARE(chosen_, "rock ");
        area_->hide();
        QTest::keyClick(outside_, Qt::Key_1);
        QWidget another;
        another.show();
        QTest::keyClick(&another, Qt::Key_1);
        QCOMPARE(chosen_, "rock ");
    }

    void keysByTheirPlace()
    {
        const auto keyOf = [](int key, quint32 scanCode, Qt::KeyboardModifiers modifiers = {}) {
            return LabelKeys::keyOf(QKeyEvent(QEvent::KeyPress, key, modifiers, scanCode, 0, 0));
        };
        QCOMPARE(keyOf(Qt::Key_Exclam, 10, Qt::ShiftModifier), "1");   // Shift+1 on a US keyboard
        QCOMPARE(keyOf(Qt::Key_Ampersand, 10), "1");                   // the same key on a French one
        QCOMPARE(keyOf(0x41E, 44), "j");                               // Cyrillic О lies on J
        QCOMPARE(keyOf(Qt::Key_A, 24), "a");                           // a French A is an A
        QCOMPARE(keyOf(Qt::Key_Semicolon, 47), "");
        QCOMPARE(keyOf(Qt::Key_0, 19), "");
        QCOMPARE(keyOf(Qt::Key_Return, 36), "");
    }

    void notWhileTyping_data()
    {
        QTest::addColumn<QWidget*>("editor");
        QTest::newRow("line") << static_cast<QWidget*>(new QLineEdit);
        QTest::newRow("text") << static_cast<QWidget*>(new QPlainTextEdit);
        QTest::newRow("spin box") << static_cast<QWidget*>(new QSpinBox);
        QTest::newRow("choice") << static_cast<QWidget*>(new QComboBox);
        auto* editable = new QComboBox;
        editable->setEditable(true);
        QTest::newRow("editable choice") << static_cast<QWidget*>(editable);
    }

    void notWhileTyping()
    {
        QFETCH(QWidget*, editor);
        add(editor);
        QShortcut space(Qt::Key_Space, window_.get());
        QSignalSpy played(&space, &QShortcut::activated);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(chosen_, "");
        if (!qobject_cast<QComboBox*>(editor)) { // there it opens the list
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
            QCOMPARE(played.size(), 0);
        }
        area_->setFocus();
        QTest::keyClick(area_, Qt::Key_Space);
        QCOMPARE(played.size(), 1);
    }

    void typedTextArrives()
    {
        auto* line = new QLineEdit;
        add(line);
        QTest::keyClicks(line, "j 1");
        QCOMPARE(line->text(), "j 1");
        line->setReadOnly(true); // nothing is typed there any more
        QTest::keyClick(line, Qt::Key_1);
        QCOMPARE(chosen_, "rock ");
    }

    void notInTheCellThatIsEdited()
    {
        auto* table = new QTableWidget(1, 1);
        add(table);
        table->setItem(0, 0, new QTableWidgetItem("x"));
        table->setCurrentCell(0, 0);
        QTest::keyClick(table, Qt::Key_1);
        QCOMPARE(chosen_, "rock ");
        table->editItem(table->item(0, 0));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_1);
        QCOMPARE(chosen_, "rock ");
    }

    void notWhileComposing()
    {
        auto* line = new QLineEdit;
        add(line);
        QInputMethodEvent preedit("ni", {});
        QApplication::sendEvent(line, &preedit);
        QTest::keyClick(line, Qt::Key_1); // picks a candidate
        QVERIFY(keys_->isTyping());
        // Even a widget that takes no text gets no label key while something is composed.
        QTest::keyClick(area_, Qt::Key_1);
        QCOMPARE(chosen_, "");
        QInputMethodEvent commit;
        commit.setCommitString(QString(QChar(0x4F60)));
        QApplication::sendEvent(line, &commit);
        QVERIFY(line->text().contains(QChar(0x4F60)));
        area_->setFocus();
        QVERIFY(!keys_->isTyping());
        QTest::keyClick(area_, Qt::Key_1);
        QCOMPARE(chosen_, "rock ");
    }

    void repeatsAreOne()
    {
        QKeyEvent repeat(QEvent::KeyPress, Qt::Key_1, Qt::NoModifier, "1", true);
        QApplication::sendEvent(area_, &repeat);
        QCOMPARE(chosen_, "");
    }

private:
    void add(QWidget* widget)
    {
        inner_->addWidget(widget);
        widget->show();
        widget->setFocus();
    }

    QTemporaryDir folder_;
    ProjectSession project_;
    std::unique_ptr<QWidget> window_;
    QWidget* area_ = nullptr;
    QWidget* outside_ = nullptr;
    QVBoxLayout* inner_ = nullptr;
    LabelKeys* keys_ = nullptr;
    QString chosen_;
};

QTEST_MAIN(LabelKeysTest)
#include "tst_label_keys.moc"
