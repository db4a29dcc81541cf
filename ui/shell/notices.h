// What the window tells the desktop: that a job has ended while nobody looked, and that the computer is not to sleep while one runs.
// By D-Bus, silently absent where there is no bus. Thread: the window's.
#pragma once

#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QPointer>

#include "engine/bridge/session_queue.h"

class QSystemTrayIcon;
class QWidget;

namespace earmark
{

/// Shorter jobs are not worth a notice; the window itself says that they are done.
constexpr double worthNotice = 10; // seconds

class DesktopNotices : public QObject
{
    Q_OBJECT

public:
    DesktopNotices(SessionQueue& queue, QWidget* window, double worth = worthNotice);

private:
    void jobEnded(const Session& job);
    void tell(const QString& title, const QString& text);
    void tellFromTray(const QString& title, const QString& text);

    QWidget* window_;
    const double worth_; ///< seconds that a job must have taken
    QSystemTrayIcon* tray_ = nullptr;
};

/// Holds an inhibitor of logind as long as a job runs or waits.
class SleepGuard : public QObject
{
    Q_OBJECT

public:
    explicit SleepGuard(SessionQueue& queue, QObject* parent = nullptr);

private:
    void update();
    void hold();

    SessionQueue& queue_;
    bool asked_ = false;
    QDBusUnixFileDescriptor held_; ///< released when it is closed
};

} // namespace earmark
