#include "engine/base/error.h"

#include <QTest>

#include <set>

using namespace earmark;

class ErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codesAreUniqueAndNamed()
    {
        std::set<std::string_view> seen;
        for (const ErrorCode& row : errorCodes()) {
            QVERIFY2(seen.insert(row.code).second, row.code.data());
            QVERIFY(!row.meaning.empty());
        }
    }

    void kindIsTheExitStatus()
    {
        QCOMPARE(static_cast<int>(Error{.code = "audio.not_audio"}.kind()), 3);
        QCOMPARE(static_cast<int>(Error{.code = "recipe.bad_value"}.kind()), 2);
        QCOMPARE(static_cast<int>(Error{.code = "io.disk_full"}.kind()), 1);
        QCOMPARE(static_cast<int>(Error{.code = "no.such_code"}.kind()), 1);
    }

    void quoteNameMakesNamesReadable_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("a.wav") << QByteArray("“a.wav”");
        QTest::newRow("newline") << QByteArray("a\nb") << QByteArray("“a\\x0ab”");
        QTest::newRow("emoji") << QByteArray("\xF0\x9F\x8E\xB5.wav") << QByteArray("“\xF0\x9F\x8E\xB5.wav”");
        QTest::newRow("latin-1") << QByteArray("caf\xE9") << QByteArray("“caf\\xe9”");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("“\\xed\\xa0\\x80”");
        QTest::newRow("cut short") << QByteArray("\xF0\x9F") << QByteArray("“\\xf0\\x9f”");
    }
    void quoteNameMakesNamesReadable()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(quoteName(name.toStdString())), shown);
    }

    void quoteNameShortensLongNames()
    {
        std::string name;
        for (int i = 0; i < 10000; ++i)
            name += "é";
        const std::string shown = quoteName(name);
        QVERIFY(shown.size() < 300);
        QCOMPARE(QString::fromStdString(shown).toStdString(), shown); // still UTF-8
    }
};

QTEST_GUILESS_MAIN(ErrorTest)
#include "tst_error.moc"
