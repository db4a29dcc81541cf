#include "engine/base/utf8.h"

#include <QTest>

using namespace earmark;

class Utf8Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validity()
    {
        QVERIFY(isUtf8(""));
        QVERIFY(isUtf8("caf\xC3\xA9 \xF0\x9F\x8E\xB5"));
        for (const char* bad : {"\xE9", "\xC0\xAF", "\xED\xA0\x80", "\xF0\x9F\x8E", "\xF5\x80\x80\x80", "a\x80"})
            QVERIFY2(!isUtf8(bad), bad);
    }

    void otherBytesAreWindows1252()
    {
        QCOMPARE(toUtf8("caf\xE9"), std::string("caf\xC3\xA9"));
        QCOMPARE(toUtf8("\x80 5"), std::string("\xE2\x82\xAC 5"));
        QCOMPARE(toUtf8("caf\xC3\xA9"), std::string("caf\xC3\xA9"));
        for (int byte = 0x80; byte < 0x100; ++byte)
            QVERIFY(isUtf8(toUtf8(std::string(1, static_cast<char>(byte)))));
    }
};

QTEST_GUILESS_MAIN(Utf8Test)
#include "tst_utf8.moc"
