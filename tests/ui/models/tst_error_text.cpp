// Every error of the engine has a sentence that can be translated, and says what it is about.
#include <QCoreApplication>
#include <QTranslator>

#include "tests/support/gui.h"
#include "ui/models/error_text.h"
#include "ui/models/remark_text.h"

using namespace earmark;

namespace
{

/// Says each sentence in capitals, as another language would say it otherwise.
class Shouting : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        return qstrcmp(context, "earmark::errors") == 0 || qstrcmp(context, "earmark::remarks") == 0 ? QString::fromUtf8(source).toUpper() : QString();
    }
};

} // namespace

class ErrorTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void everyCodeHasASentence()
    {
        for (const ErrorCode& code : errorCodes()) {
            const QString sentence = errorSentence(code.code);
            const std::string name(code.code);
            QVERIFY2(!sentence.isEmpty(), name.c_str());
            QVERIFY2(sentence.endsWith('.') || sentence.endsWith('?'), name.c_str());
            if (cureOf(code.code) != Cure::none)
                QVERIFY2(!cureText(cureOf(code.code)).isEmpty(), name.c_str());
            // Whatever it knows or does not know, something is said.
            Shouting other;
            QCoreApplication::installTranslator(&other);
            const QString bare = errorText({.code = name, .message = "engine's words"});
            QCoreApplication::removeTranslator(&other);
            QVERIFY2(!bare.contains('%') && !bare.isEmpty() && bare != "engine's words", qPrintable(bare));
        }
    }

    void englishIsTheEngines() { QCOMPARE(errorText({.code = "io.disk_full", .message = "The disk is full at x."}), QString("The disk is full at x.")); }

    void parametersAreFilledIn()
    {
        Shouting other;
        QCoreApplication::installTranslator(&other);
        const QString locked = errorText({.code = "project.locked", .message = "m", .path = "/a/%2.earmark", .parameters = {{"holder", "Bob"}}});
        const QString unheld = errorText({.code = "project.locked", .message = "m", .path = "/a/b"});
        const QString bytes = errorText({.code = "audio.not_audio", .message = "m", .path = "/a/\xff.wav"});
        QCoreApplication::removeTranslator(&other);
        QVERIFY(locked.contains("/a/%2.earmark") && locked.contains("Bob"));
        QVERIFY(unheld.contains("/a/b"));
        QVERIFY(bytes.contains("\\xff"));
    }

    void everyRemarkHasASentence()
    {
        for (const std::string_view code : remarkCodes()) {
            const std::string name(code);
            QVERIFY2(remarkSentence(code).endsWith('.'), name.c_str());
            QCOMPARE(remarkText({.code = name, .message = "Engine's words."}), QString("Engine's words."));
            Shouting other;
            QCoreApplication::installTranslator(&other);
            const QString told = remarkText({.code = name, .message = "Engine's words."});
            QCoreApplication::removeTranslator(&other);
            QVERIFY2(told != "Engine's words." && !told.contains('%'), name.c_str());
        }
    }

    void causesOfRemarksFollow()
    {
        Shouting other;
        QCoreApplication::installTranslator(&other);
        const QString told = remarkText({.code = "train.training_left_out", .message = "m", .parameters = {{"clips", "2"}}, .causes = {{.code = "audio.empty", .path = "/a.wav"}}});
        const QString alone = remarkText(remarkOf({.code = "audio.empty", .message = "m", .path = "/b.wav"}));
        QCoreApplication::removeTranslator(&other);
        QVERIFY(told.section('\n', 0, 0).endsWith("2."));
        QVERIFY(told.section('\n', 1).contains("/a.wav"));
        QVERIFY(alone.contains("/b.wav"));
    }

    void unknownCodesKeepTheirWords()
    {
        QCOMPARE(errorText({.code = "new.code", .message = "Something new."}), QString("Something new."));
        QVERIFY(cureOf("new.code") == Cure::none);
    }
};

QTEST_MAIN(ErrorTextTest)
#include "tst_error_text.moc"
