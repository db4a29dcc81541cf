// What `earmark` makes of what is written after it.
#include <QTest>

#include "app/command_line.h"

using namespace earmark;

class CommandLineTest : public QObject
{
    Q_OBJECT

    static CommandLine read(std::vector<const char*> words)
    {
        words.insert(words.begin(), "earmark");
        return readCommandLine(static_cast<int>(words.size()), words.data());
    }

private Q_SLOTS:
    void filesBecomeAbsolute()
    {
        const CommandLine line = read({"/a/b.earmark", "c.wav", "--", "-d.wav"});
        QVERIFY(line.answer.empty());
        QCOMPARE(line.files.size(), 3);
        QCOMPARE(line.files[0], QString("/a/b.earmark"));
        QVERIFY(line.files[1].startsWith('/') && line.files[1].endsWith("/c.wav"));
        QVERIFY(line.files[2].endsWith("/-d.wav"));
    }

    void answersWithoutADisplay()
    {
        QVERIFY(read({"--version"}).answer.starts_with("earmark 0."));
        QVERIFY(read({"--help"}).answer.find("EARMARK_LANGUAGE") != std::string::npos);
        QCOMPARE(read({"-h"}).status, 0);
        const CommandLine wrong = read({"--nonsense"});
        QCOMPARE(wrong.status, 2);
        QVERIFY(wrong.answer.find("--nonsense") != std::string::npos);
    }
};

QTEST_MAIN(CommandLineTest)
#include "tst_command_line.moc"
