#include "ui/shell/notices.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QIcon>
#include <QSystemTrayIcon>
#include <QWidget>

#include "ui/shell/job_text.h"

namespace earmark
{

// ---- notices ------------------------------------------------------------------------------------------------------------

DesktopNotices::DesktopNotices(SessionQueue& queue, QWidget* window, double worth) : QObject(window), window_(window), worth_(worth)
{
    connect(&queue, &SessionQueue::ended, this, [this](const Session* job) { jobEnded(*job); });
}

void DesktopNotices::jobEnded(const Session& job)
{
    if (window_->isActiveWindow() || job.state() == Session::State::stopped || job.secondsElapsed() < worth_)
        return;
    tell(jobName(job), jobState(job));
}

void DesktopNotices::tell(const QString& title, const QString& text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return tellFromTray(title, text);
    QDBusMessage call = QDBusMessage::createMethodCall("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "Notify");
    call << QString("Earmark") << uint(0) << QString("org.earmark.Earmark") << title << text << QStringList() << QVariantMap{{"desktop-entry", "org.earmark.Earmark"}} << -1;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, title, text] {
        if (watcher->isError())
            tellFromTray(title, text);
        watcher->deleteLater();
    });
}

void DesktopNotices::tellFromTray(const QString& title, const QString& text)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!tray_)
        tray_ = new QSystemTrayIcon(QIcon(":/icons/earmark.svg"), this);
    tray_->show();
    tray_->showMessage(title, text);
}

// ---- sleep --------------------------------------------------------------------------------------------------------------

SleepGuard::SleepGuard(SessionQueue& queue, QObject* parent) : QObject(parent), queue_(queue)
{
    connect(&queue, &SessionQueue::changed, this, &SleepGuard::update);
}

void SleepGuard::update()
{
    const bool busy = queue_.isBusy();
    if (busy && !asked_)
        hold();
    if (!busy) {
        held_ = {};
        asked_ = false;
    }
}

void SleepGuard::hold()
{
    asked_ = true;
    QDBusConnection bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "Inhibit");
    call << QString("sleep:idle") << QString("Earmark") << tr("A job is running") << QString("block");
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (!reply.isError() && asked_)
            held_ = reply.value();
        watcher->deleteLater();
    });
}

} // namespace earmark
