// On a bus of its own: a notice at the end of a job that nobody looked at, and no sleep while one runs. Without a bus, nothing at all.
#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QSignalSpy>
#include <QWidget>

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/endless_session.h"
#include "tests/support/gui.h"
#include "ui/shell/notices.h"

using namespace earmark;

namespace
{

class FakeDesktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList told;

public Q_SLOTS:
    uint Notify(const QString&, uint, const QString&, const QString& title, const QString& text, const QStringList&, const QVariantMap&, int)
    {
        told << title << text;
        return 1;
    }
};

class FakeLogind : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    QString what;
    int ours = -1;

    /// Every copy of the other end is closed.
    bool released() const
    {
        char byte = 0;
        return ours >= 0 && read(ours, &byte, 1) == 0;
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString& wanted, const QString&, const QString&, const QString&)
    {
        what = wanted;
        int ends[2];
        if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
            return {};
        ours = ends[0];
        const QDBusUnixFileDescriptor theirs(ends[1]);
        close(ends[1]);
        return theirs;
    }
};

} // namespace

class NoticesTest : public QObject
{
    Q_OBJECT

    QProcess daemon_;

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        daemon_.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
        QVERIFY2(daemon_.waitForStarted() && daemon_.waitForReadyRead(), "dbus-daemon (package dbus-daemon) does not start");
        const QByteArray address = daemon_.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
    }
    void cleanupTestCase()
    {
        daemon_.kill();
        daemon_.waitForFinished();
    }

    void endOfAJobIsTold()
    {
        QDBusConnection desktopBus = QDBusConnection::connectToBus(QString::fromUtf8(qgetenv("DBUS_SESSION_BUS_ADDRESS")), "desktop");
        FakeDesktop desktop;
        QVERIFY(desktopBus.registerObject("/org/freedesktop/Notifications", &desktop, QDBusConnection::ExportAllSlots));
        QVERIFY(desktopBus.registerService("org.freedesktop.Notifications"));
        QWidget window; // not active
        SessionQueue queue;
        new DesktopNotices(queue, &window, 0);
        auto job = std::make_shared<test::EndlessSession>(Session::Kind::train, "birds");
        queue.startNow(job);
        job->succeed();
        QTRY_COMPARE(desktop.told.size(), 2);
        QVERIFY(desktop.told[0].contains("birds"));

        auto stopped = std::make_shared<test::EndlessSession>(Session::Kind::train, "stopped by hand");
        queue.startNow(stopped);
        stopped->stop();
        QTRY_VERIFY(stopped->isOver());
        auto last = std::make_shared<test::EndlessSession>(Session::Kind::import, "last");
        queue.startNow(last);
        last->fail({.code = "io.not_found", .message = "gone"});
        QTRY_COMPARE(desktop.told.size(), 4);
        QVERIFY(desktop.told[2].contains("last"));
    }

    void noSleepWhileAJobRuns()
    {
        QDBusConnection systemBus = QDBusConnection::connectToBus(QString::fromUtf8(qgetenv("DBUS_SYSTEM_BUS_ADDRESS")), "logind");
        FakeLogind logind;
        QVERIFY(systemBus.registerObject("/org/freedesktop/login1", &logind, QDBusConnection::ExportAllSlots));
        QVERIFY(systemBus.registerService("org.freedesktop.login1"));
        SessionQueue queue;
        SleepGuard guard(queue);
        auto job = std::make_shared<test::EndlessSession>();
        queue.enqueue(job);
        QTRY_COMPARE(logind.what, QString("sleep:idle"));
        QVERIFY(!logind.released());
        job->stop();
        QTRY_VERIFY(logind.released());
    }
};

QTEST_MAIN(NoticesTest)
#include "tst_notices.moc"
