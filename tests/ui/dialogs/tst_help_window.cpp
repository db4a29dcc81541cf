// The manual opens in both languages with the same topics, and is searched.
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QTextBrowser>

#include "tests/support/gui.h"
#include "ui/dialogs/help_window.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class HelpWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void bothLanguagesHaveTheSameTopics()
    {
        const QDir english(":/help/en"), chinese(":/help/zh_CN");
        QVERIFY(english.entryList().size() >= 8);
        QCOMPARE(chinese.entryList(), english.entryList());
        for (const QDir& folder : {english, chinese})
            for (const QString& name : folder.entryList()) {
                QFile file(folder.filePath(name));
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(file.readLine().startsWith("# "), qPrintable(file.fileName()));
            }
    }

    void searchFindsTopics()
    {
        HelpWindow window;
        window.show();
        auto* list = test::child<QListWidget>(window, "helpTopics");
        auto* page = test::child<QTextBrowser>(window, "helpPage");
        QVERIFY(page->toPlainText().size() > 200);
        QTest::keyClicks(test::child<QLineEdit>(window, "helpSearch"), "confusion matrix");
        int left = 0;
        for (int i = 0; i < list->count(); ++i)
            left += !list->item(i)->isHidden();
        QVERIFY(left >= 1 && left < list->count());
        QVERIFY(page->toPlainText().contains("confusion matrix", Qt::CaseInsensitive));
        QVERIFY(!page->extraSelections().isEmpty());
        window.showTopic("files");
        QVERIFY(page->toPlainText().contains(".earmark"));
    }
};

QTEST_MAIN(HelpWindowTest)
#include "tst_help_window.moc"
