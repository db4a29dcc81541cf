// Errors stay until they are read, newest first, each once.
#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>

#include "tests/support/gui.h"
#include "ui/dialogs/error_bar.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class ErrorBarTest : public QObject
{
    Q_OBJECT

    static Error error(const std::string& message) { return {.code = "io.unreadable", .message = message, .path = "/tmp/x.wav"}; }
    static QStringList texts(const ErrorBar& bar)
    {
        QStringList all;
        for (const auto* card : bar.findChildren<ErrorCard*>(QString(), Qt::FindDirectChildrenOnly))
            if (card->isVisible())
                all.append(test::child<QLabel>(*card, "errorText")->text());
        return all;
    }

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void newestFirstAndEachOnce()
    {
        QWidget window;
        ErrorBar bar(&window);
        window.resize(800, 400);
        window.show();
        QVERIFY(!bar.isVisible());
        for (const char* message : {"one", "two", "three", "four", "two"})
            bar.add(error(message));
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.count(), 4);
        const QStringList shown = texts(bar);
        QCOMPARE(shown.size(), 3); // the oldest waits below
        QVERIFY(!shown.contains("one") && shown.contains("four") && shown.contains("two (2 times)"));
        QTest::mouseClick(test::child<QWidget>(bar, "errorCloseAll"), Qt::LeftButton);
        QCOMPARE(bar.count(), 0);
        QVERIFY(!bar.isVisible());
    }

    void theSameOfSeveralFilesIsOneCard()
    {
        QWidget window;
        ErrorBar bar(&window);
        window.show();
        for (const char* path : {"/a.wav", "/b.wav", "/c.wav", "/b.wav"})
            bar.add({.code = "io.not_found", .message = std::string("No file ") + path, .path = path});
        QCOMPARE(bar.count(), 1);
        QCOMPARE(texts(bar), QStringList("No file /b.wav (And 2 other files.)"));
        bar.add({.code = "io.disk_full", .message = "full", .path = "/a.wav"});
        QCOMPARE(bar.count(), 2);
    }

    void offersARemedyDetailsAndACopy()
    {
        QWidget window;
        ErrorBar bar(&window);
        window.resize(800, 400);
        window.show();
        bool cured = false;
        bar.add(error("broken"), Workspace::Remedy{"Mend it", [&] { cured = true; }});
        auto* details = test::child<QLabel>(bar, "errorDetails");
        QVERIFY(!details->isVisible());
        QTest::mouseClick(test::child<QWidget>(bar, "errorMore"), Qt::LeftButton);
        QVERIFY(details->isVisible() && details->text().contains("io.unreadable") && details->text().contains("/tmp/x.wav"));
        QTest::mouseClick(test::child<QWidget>(bar, "errorCopy"), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains("broken"));
        QTest::mouseClick(test::child<QWidget>(bar, "errorRemedy"), Qt::LeftButton);
        QVERIFY(cured);
        QCOMPARE(bar.count(), 0);
        bar.add(error("again"));
        QTest::mouseClick(bar.findChildren<QWidget*>("errorClose").last(), Qt::LeftButton);
        QCOMPARE(bar.count(), 0);
    }
};

QTEST_MAIN(ErrorBarTest)
#include "tst_error_bar.moc"
