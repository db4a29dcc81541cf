// Light and dark can both be read, every icon draws, and the desktop's wish is followed while the program runs.
#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>

#include <cmath>

#include "tests/support/gui.h"
#include "ui/widgets/desktop_scheme.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

/// As the Web Content Accessibility Guidelines reckon it.
double luminance(const QColor& colour)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

/// A settings portal with one setting.
class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString&, const QString&) const { return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme))); }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void textIsReadable_data()
    {
        QTest::addColumn<Theme::Choice>("choice");
        QTest::newRow("light") << Theme::Choice::light;
        QTest::newRow("dark") << Theme::Choice::dark;
    }
    void textIsReadable()
    {
        QFETCH(Theme::Choice, choice);
        const Theme& theme = Theme::instance();
        Theme::instance().apply(choice);
        QCOMPARE(theme.isDark(), choice == Theme::Choice::dark);
        for (const auto& [text, ground] : Theme::textPairs()) {
            const double ratio = contrast(theme.colour(text), theme.colour(ground));
            QVERIFY2(ratio >= 4.5, qPrintable(QString("%1 on %2: %3").arg(text, ground).arg(ratio)));
        }
        for (const char* ground : {"window", "card", "base"}) // what says where the focus is, and where a box to tick
            for (const char* line : {"accent", "outline"})
                QVERIFY2(contrast(theme.colour(line), theme.colour(ground)) >= 3, qPrintable(QString("%1 on %2").arg(line, ground)));
    }

    void styleSheetNamesColoursThatThereAre()
    {
        Theme::instance().apply(Theme::Choice::light);
        QVERIFY(!qApp->styleSheet().isEmpty());
        const auto sheet = qApp->styleSheet();
        const auto rules = sheet.mid(sheet.indexOf("*/"));
        QVERIFY2(!rules.contains('@'), qPrintable(rules.mid(rules.indexOf('@'), 20)));
    }

    void iconsDraw()
    {
        QDir icons(":/icons");
        QVERIFY(icons.entryList().size() > 60);
        for (const QString& file : icons.entryList({"*.svg"})) {
            const QImage image = Theme::instance().icon(file.chopped(4)).pixmap(QSize(24, 24), 2.0).toImage();
            QCOMPARE(image.size(), QSize(48, 48));
            int inked = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    inked += qAlpha(image.pixel(x, y)) > 128;
            QVERIFY2(inked > 40, qPrintable(file));
        }
        QVERIFY(Theme::instance().icon("no such").isNull());
    }

    void iconsFollowTheTheme()
    {
        Theme::instance().apply(Theme::Choice::light);
        const QIcon icon = Theme::instance().icon("stop");
        const auto darkest = [&] {
            const QImage image = icon.pixmap(24, 24).toImage();
            int value = 255;
            for (int x = 0; x < image.width(); ++x)
                if (qAlpha(image.pixel(x, image.height() / 2)) > 200)
                    value = std::min(value, qGray(image.pixel(x, image.height() / 2)));
            return value;
        };
        QVERIFY(darkest() < 80);
        Theme::instance().apply(Theme::Choice::dark);
        QVERIFY(darkest() > 180);
    }

    void withoutBusThePaletteTells()
    {
        for (const bool dark : {false, true})
            QCOMPARE(DesktopScheme(dark, QDBusConnection("there is none")).isDark(), dark);
    }

    void desktopIsFollowed()
    {
        QProcess daemon;
        const auto end = qScopeGuard([&] {
            daemon.kill();
            daemon.waitForFinished();
        });
        daemon.start("dbus-daemon", {"--session", "--nofork", "--print-address"});
        QVERIFY2(daemon.waitForStarted() && daemon.waitForReadyRead(), "dbus-daemon (package dbus-daemon) does not start");
        const QString address = QString::fromUtf8(daemon.readLine()).trimmed();
        QDBusConnection portalBus = QDBusConnection::connectToBus(address, "portal");
        qRegisterMetaType<QDBusVariant>("QDBusVariant");
        FakePortal portal;
        portal.scheme = 1;
        QVERIFY(portalBus.registerObject("/org/freedesktop/portal/desktop", &portal, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(portalBus.registerService("org.freedesktop.portal.Desktop"));

        DesktopScheme scheme(false, QDBusConnection::connectToBus(address, "window"));
        QTRY_VERIFY(scheme.isDark()); // the portal lives on this thread: it answers only once the events run
        QSignalSpy changed(&scheme, &DesktopScheme::changed);
        Q_EMIT portal.SettingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant(2u));
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(!scheme.isDark());
        Q_EMIT portal.SettingChanged("org.freedesktop.appearance", "accent-color", QDBusVariant(1u));
        Q_EMIT portal.SettingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant(1u));
        QTRY_COMPARE(changed.size(), 2);
        QDBusConnection::disconnectFromBus("portal");
        QDBusConnection::disconnectFromBus("window");
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
