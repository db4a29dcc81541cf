#include "ui/widgets/desktop_scheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace earmark
{

namespace
{

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colourScheme = QStringLiteral("color-scheme");

/// So long the first picture may wait for the portal: longer than one that runs needs, shorter than anybody notices.
constexpr int patience = 80;

QDBusMessage question()
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, "Read");
    call << appearance << colourScheme;
    return call;
}

/// Read wraps its value in one variant more than SettingChanged does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopScheme::DesktopScheme(bool paletteIsDark, QDBusConnection bus, QObject* parent) : QObject(parent), paletteIsDark_(paletteIsDark)
{
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, "SettingChanged", this, SLOT(settingChanged(QString,QString,QDBusVariant)));
    const QDBusMessage answer = bus.call(question(), QDBus::Block, patience);
    if (answer.type() == QDBusMessage::ReplyMessage) {
        take(answer.arguments().value(0));
    } else if (answer.errorName() == "org.freedesktop.DBus.Error.NoReply") { // it is being started
        auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question()), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            if (!watcher->isError())
                take(watcher->reply().arguments().value(0));
            watcher->deleteLater();
        });
    }
}

void DesktopScheme::settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == appearance && key == colourScheme)
        take(value.variant());
}

void DesktopScheme::take(const QVariant& value)
{
    const uint scheme = unwrapped(value).toUInt();
    const bool before = isDark();
    scheme_ = scheme <= 2 ? scheme : 0;
    if (isDark() != before)
        Q_EMIT changed();
}

} // namespace earmark
