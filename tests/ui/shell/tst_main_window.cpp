// The window opens, and its rail leads to each page.
#include <QAbstractButton>
#include <QStackedWidget>

#include "tests/support/gui.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void railLeadsToPages()
    {
        Workspace workspace;
        MainWindow window(workspace);
        window.show();
        auto* pages = window.findChild<QStackedWidget*>();
        const auto buttons = test::child<QWidget>(window, "rail")->findChildren<QAbstractButton*>();
        QVERIFY(buttons.size() >= 5);
        for (int i = 0; i < 5; ++i) {
            QTest::mouseClick(buttons[i], Qt::LeftButton);
            QCOMPARE(pages->currentIndex(), i);
        }
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
