// Whether the desktop wants dark windows: by the settings portal (org.freedesktop.appearance, color-scheme) where there is one, and by the lightness of
// the palette that the platform came with where it says nothing. Qt 6.4 does not know. Thread: the window's. Silent where there is no bus.
#pragma once

#include <QDBusConnection>
#include <QObject>

class QDBusVariant;

namespace earmark
{

class DesktopScheme : public QObject
{
    Q_OBJECT

public:
    explicit DesktopScheme(bool paletteIsDark, QDBusConnection bus = QDBusConnection::sessionBus(), QObject* parent = nullptr);

    bool isDark() const { return scheme_ == 0 ? paletteIsDark_ : scheme_ == 1; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& value);

    uint scheme_ = 0; ///< as the portal counts: 0 no preference, 1 dark, 2 light
    const bool paletteIsDark_;
};

} // namespace earmark
