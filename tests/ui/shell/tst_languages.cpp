// The window speaks the nearest language that there is, and Qt's own dialogs with it.
#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLocale>

#include "tests/support/gui.h"
#include "ui/shell/languages.h"

using namespace earmark;

class LanguagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void nearestLanguage()
    {
        QCOMPARE(languageFor("zh_CN"), QString("zh_CN"));
        QCOMPARE(languageFor("zh-Hans"), QString("zh_CN"));
        QCOMPARE(languageFor("en_GB"), QString("en"));
        QCOMPARE(languageFor("fi"), QString("en"));
        QVERIFY(!languageFor({}).isEmpty());
    }

    void qtsOwnWordsAreTranslated()
    {
        qputenv("EARMARK_LANGUAGE", "zh_CN");
        installLanguage("en"); // the environment comes first
        QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QString("取消"));
        QCOMPARE(QLocale().language(), QLocale::Chinese);
        const QStringList families = QApplication::font().families();
        QCOMPARE(QFontInfo(QApplication::font()).family(), families.first()); // Latin stays the system's
    }
};

QTEST_MAIN(LanguagesTest)
#include "tst_languages.moc"
