#include "engine/base/file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;

class FileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const char* name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void writesAndReadsBack()
    {
        QVERIFY(writeFileAtomically(path("a"), "first"));
        QVERIFY(writeFileAtomically(path("a"), "second"));
        QCOMPARE(readFile(path("a")).value(), std::string("second"));
    }

    void refusedContentLeavesTheOldFile()
    {
        QVERIFY(writeFileAtomically(path("b"), "old"));
        const auto result = writeFileAtomically(path("b"), [](const Appender& append) -> Result<void> {
            EARMARK_TRY_VOID(append(std::as_bytes(std::span("new", 3))));
            return failure("internal", "refused");
        });
        QVERIFY(!result);
        QCOMPARE(readFile(path("b")).value(), std::string("old"));
        QCOMPARE(QDir(folder_.path()).entryList({"b.partial*"}).size(), 0);
    }

    void limitIsHeld()
    {
        QVERIFY(writeFileAtomically(path("c"), std::string(100, 'x')));
        QCOMPARE(readFile(path("c"), 99).error().code, std::string("io.unreadable"));
        QVERIFY(readFile(path("c"), 100));
    }

    void missingFileAndFolderAreNamed()
    {
        QCOMPARE(readFile(path("none")).error().code, std::string("io.not_found"));
        QCOMPARE(readFile(folder_.path().toStdString()).error().code, std::string("io.unreadable"));
        QCOMPARE(writeFileAtomically(path("no/where"), "x").error().code, std::string("io.unwritable"));
    }

    void folderIsReplacedWhole()
    {
        const auto fillWith = [](const char* name) {
            return [name](const std::string& folder) { return writeFileAtomically(folder + "/" + name, "x"); };
        };
        QVERIFY(writeFolderAtomically(path("f"), fillWith("one")));
        QVERIFY(writeFolderAtomically(path("f") + "/", fillWith("two")));
        QCOMPARE(QDir(folder_.filePath("f")).entryList(QDir::Files), QStringList{"two"});
        const auto refused = [](const std::string&) -> Result<void> { return failure("internal", "refused"); };
        QVERIFY(!writeFolderAtomically(path("f"), refused));
        QCOMPARE(QDir(folder_.filePath("f")).entryList(QDir::Files), QStringList{"two"});
        QCOMPARE(QDir(folder_.path()).entryList({"f.partial*"}, QDir::Dirs).size(), 0);
    }

    void whatADeadWriterLeftIsCleared()
    {
        QVERIFY(QDir(folder_.path()).mkpath("g.partial-999999999"));
        QVERIFY(writeFolderAtomically(path("g"), [](const std::string&) -> Result<void> { return {}; }));
        QVERIFY(!QFile::exists(folder_.filePath("g.partial-999999999")));
    }
};

QTEST_GUILESS_MAIN(FileTest)
#include "tst_file.moc"
