#include "engine/base/digest.h"

#include <QTest>

using namespace earmark;

class DigestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsXxh128sum() // the values that the xxh128sum program prints
    {
        QCOMPARE(Digest().hex(), std::string("99aa06d3014798d86001c324468d497f"));
        Digest digest;
        digest.add("earmark");
        QCOMPARE(digest.hex(), std::string("f9ff24d04785a6b5208fc4f28110acba"));
    }

    void piecesMakeTheWhole()
    {
        const std::string text(10000, 'x');
        Digest whole, pieces;
        whole.add(text);
        pieces.add(std::string_view(text).substr(0, 3));
        pieces.add(std::string_view(text).substr(3));
        QCOMPARE(pieces.bytes(), whole.bytes());
        QCOMPARE(whole.bytes().size(), std::size_t(16));
    }
};

QTEST_GUILESS_MAIN(DigestTest)
#include "tst_digest.moc"
