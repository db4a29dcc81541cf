// What is chosen in the dialog is kept, and what is kept is shown.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>

#include "tests/support/gui.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/widgets/theme.h"

using namespace earmark;

class SettingsDialogTest : public QObject
{
    Q_OBJECT

    static void choose(QComboBox* box, const QVariant& value)
    {
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    }

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void keepsWhatIsChosen()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("a/earmark.ini");
        {
            Settings settings(file);
            SettingsDialog dialog(settings);
            dialog.show();
            QVERIFY(!test::child<QLabel>(dialog, "restartNote")->isVisible());
            choose(test::child<QComboBox>(dialog, "language"), "zh_CN");
            QVERIFY(test::child<QLabel>(dialog, "restartNote")->isVisible());
            choose(test::child<QComboBox>(dialog, "theme"), "dark");
            choose(test::child<QComboBox>(dialog, "device"), "cpu");
            QTest::mouseClick(test::child<QCheckBox>(dialog, "autoplay"), Qt::LeftButton, {}, QPoint(8, 8));
            QTest::keyClicks(test::child<QLineEdit>(dialog, "author"), "Ada\r");
            test::child<QSpinBox>(dialog, "threads")->setValue(1);
            test::child<QSpinBox>(dialog, "cacheLimit")->setValue(300);
            QTRY_VERIFY(!test::child<QLabel>(dialog, "cacheSize")->text().isEmpty());
            settings.addRecentProject("/a/\xff.earmark");
            settings.addRecentProject("/b.earmark");
            settings.addRecentProject("/a/\xff.earmark");
        }
        Settings settings(file);
        QCOMPARE(settings.language(), QString("zh_CN"));
        QCOMPARE(settings.theme(), QString("dark"));
        QCOMPARE(settings.computeOptions().device, std::string("cpu"));
        QCOMPARE(settings.computeOptions().threads, 1);
        QVERIFY(!settings.autoplay());
        QCOMPARE(settings.author(), QString("Ada"));
        QCOMPARE(settings.cacheLimit(), 300'000'000LL);
        QCOMPARE(settings.recentProjects(), (std::vector<std::string>{"/a/\xff.earmark", "/b.earmark"}));
        SettingsDialog dialog(settings);
        QCOMPARE(test::child<QComboBox>(dialog, "theme")->currentData().toString(), QString("dark"));
        QCOMPARE(test::child<QLineEdit>(dialog, "author")->text(), QString("Ada"));
    }
};

QTEST_MAIN(SettingsDialogTest)
#include "tst_settings_dialog.moc"
