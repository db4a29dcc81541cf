// The player at the foot of the window, by mouse and by keys.
#include "ui/widgets/player_bar.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

#include "engine/audio/time_stretch.h"
#include "tests/support/gui.h"
#include "tests/support/real_time_output.h"
#include "tests/support/sound_files.h"
#include "ui/widgets/spectrogram_look.h"
#include "ui/widgets/spectrogram_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/waveform_view.h"

using namespace earmark;
using namespace earmark::test;

class PlayerBarTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Workspace> workspace_;
    std::unique_ptr<QWidget> window_;
    PlayerBar* bar_ = nullptr;

    Transport& transport() { return workspace_->transport(); }

    void load(double seconds)
    {
        const auto samples = noise16(static_cast<std::size_t>(seconds * 8000));
        workspace_->setCurrentSound({.audio = {.source = memorySource(wav16(samples, 8000))}, .title = "A clip of noise.wav", .duration = seconds});
        QTRY_VERIFY(workspace_->picture().isWhole());
    }

    void click(const QString& name) { QTest::mouseClick(child<QToolButton>(*bar_, name), Qt::LeftButton); }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        QCoreApplication::setOrganizationName("Earmark");
        Theme::instance().apply(Theme::Choice::light);
    }

    void init()
    {
        QSettings().clear();
        workspace_ = std::make_unique<Workspace>();
        window_ = std::make_unique<QWidget>();
        auto* column = new QVBoxLayout(window_.get());
        column->addWidget(new QLineEdit);
        column->addWidget(new QPushButton("other"));
        column->addWidget(bar_ = new PlayerBar(*workspace_));
        window_->resize(1280, 260);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }

    void cleanup()
    {
        window_.reset();
        workspace_.reset();
    }

    void emptyItSaysWhatToDo()
    {
        QVERIFY(child<QLabel>(*bar_, "playerMessage")->isVisible());
        QVERIFY(!child<QToolButton>(*bar_, "play")->isEnabled());
        load(1);
        QVERIFY(!child<QLabel>(*bar_, "playerMessage")->isVisible());
        QVERIFY(child<QToolButton>(*bar_, "play")->isEnabled());
        QCOMPARE(child<QLabel>(*bar_, "clipTitle")->toolTip(), QString("A clip of noise.wav"));
        QCOMPARE(child<QLabel>(*bar_, "clipTime")->text(), QString("00:00.000 / 00:01.000"));
        workspace_->setCurrentClip(std::nullopt);
        QVERIFY(child<QLabel>(*bar_, "playerMessage")->isVisible());
    }

    void aClipThatCannotBeReadSaysWhy()
    {
        workspace_->setCurrentSound({.audio = {.source = {.path = "/nonexistent/x.wav"}}, .title = "x.wav", .duration = 1});
        auto* message = child<QLabel>(*bar_, "playerMessage");
        QTRY_VERIFY(message->isVisible() && message->text().contains("x.wav"));
        QVERIFY(!child<QToolButton>(*bar_, "play")->isEnabled());
    }

    void playsPausesAndSkips()
    {
        QSignalSpy notified(workspace_.get(), &Workspace::notified);
        load(5);
        click("play");
        QVERIFY(transport().isPlaying());
        QCOMPARE(child<QToolButton>(*bar_, "play")->accessibleName(), QString("Pause"));
        QCOMPARE(notified.count(), 1); // there is no sound device
        QTRY_VERIFY(transport().position() > 0.1);
        click("play");
        QVERIFY(!transport().isPlaying());
        transport().seek(2);
        click("forward");
        QCOMPARE(transport().position(), 3.0);
        click("back");
        click("back");
        QCOMPARE(transport().position(), 1.0);
        QCOMPARE(child<QLabel>(*bar_, "clipTime")->text(), QString("00:01.000 / 00:05.000"));
        click("play");
        QCOMPARE(notified.count(), 1); // said once
    }

    void spacePlaysButNotWhileTyping()
    {
        load(5);
        auto* line = window_->findChild<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly);
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Space);
        QVERIFY(!transport().isPlaying());
        QCOMPARE(line->text(), QString(" "));
        auto* button = window_->findChild<QPushButton*>();
        QSignalSpy clicked(button, &QPushButton::clicked);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(clicked.count(), 1);
        QVERIFY(!transport().isPlaying());
        auto* wave = child<WaveformView>(*bar_, "waveform");
        wave->setFocus();
        QTest::keyClick(wave, Qt::Key_Space);
        QVERIFY(transport().isPlaying());
        QTest::keyClick(wave, Qt::Key_Space);
        QVERIFY(!transport().isPlaying());
    }

    void loopsWhatIsSelectedOrAll()
    {
        load(4);
        click("loop");
        QCOMPARE(*transport().loop(), (std::pair{0.0, 4.0}));
        bar_->viewport().select(TimeViewport::Range{1, 2});
        QTRY_COMPARE(*transport().loop(), (std::pair{1.0, 2.0}));
        transport().play();
        QCOMPARE(transport().position(), 1.0);
        bar_->viewport().select(std::nullopt);
        QTRY_COMPARE(*transport().loop(), (std::pair{0.0, 4.0}));
        click("loop");
        QVERIFY(!transport().loop());
        click("loop");
        load(3); // another clip: nothing loops by itself
        QVERIFY(!child<QToolButton>(*bar_, "loop")->isChecked());
        QVERIFY(!transport().loop());
    }

    void speeds()
    {
        auto* speed = child<QToolButton>(*bar_, "speed");
        QCOMPARE(speed->isEnabled(), canStretchTime());
        for (QAction* action : speed->menu()->actions())
            if (action->data().toDouble() == 0.5)
                action->trigger();
        QCOMPARE(transport().speed(), 0.5);
        QCOMPARE(speed->text(), QLocale().toString(0.5) + QString("×"));
    }

    void volumeIsKept()
    {
        transport().setOutput(std::make_unique<RealTimeOutput>(std::make_shared<RealTimeOutput::Record>(), 8000));
        auto* slider = child<QSlider>(*bar_, "volume");
        QVERIFY(slider->isEnabled());
        slider->setValue(40);
        QCOMPARE(transport().volume(), 0.4);
        click("mute");
        QCOMPARE(transport().volume(), 0.0);
        click("mute");
        QCOMPARE(transport().volume(), 0.4);
        PlayerBar another(*workspace_);
        QCOMPARE(child<QSlider>(another, "volume")->value(), 40);
    }

    void theLookIsChosenAndKept()
    {
        load(1);
        auto* menu = child<QMenu>(*bar_, "spectrogramMenu");
        const auto choose = [&](const QString& text) {
            for (QAction* action : menu->actions())
                if (action->text() == text) {
                    action->trigger();
                    return true;
                }
            return false;
        };
        QVERIFY(choose("Grey"));
        QCOMPARE(SpectrogramLook::instance().colours(), ColourMap::grey);
        QVERIFY(choose("Linear"));
        QCOMPARE(SpectrogramLook::instance().axis(), FrequencyAxis::linear);
        child<QSpinBox>(*menu, "range")->setValue(60);
        QCOMPARE(SpectrogramLook::instance().range(), 60);
        QCOMPARE(QSettings().value("spectrogram/range").toInt(), 60);
        const int rows = workspace_->picture().part(0, 0)->rows;
        QVERIFY(choose("Fine pitches"));
        QTRY_VERIFY(workspace_->picture().part(0, 0) && workspace_->picture().part(0, 0)->rows > rows);
        QVERIFY(choose("Balanced"));
    }

    void zooms()
    {
        load(4);
        click("zoom-in");
        QCOMPARE(bar_->viewport().length(), 2.0);
        click("zoom-out");
        QVERIFY(bar_->viewport().isWhole());
        click("zoom-in");
        click("zoom-all");
        QVERIFY(bar_->viewport().isWhole());
    }

    /// Everything has a name, and the keyboard leads to all that can be used.
    void reachable()
    {
        load(1);
        for (auto* button : bar_->findChildren<QToolButton*>()) {
            QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->objectName()));
            QVERIFY2(button->focusPolicy() & Qt::TabFocus, qPrintable(button->objectName()));
        }
        QVERIFY(child<WaveformView>(*bar_, "waveform")->focusPolicy() & Qt::TabFocus);
        QVERIFY(child<SpectrogramView>(*bar_, "spectrogram")->focusPolicy() & Qt::TabFocus);
    }

    void fitsIntoASmallWindow()
    {
        load(1);
        window_->resize(900, 260);
        for (auto* button : bar_->findChildren<QToolButton*>())
            QVERIFY2(bar_->rect().contains(QRect(button->mapTo(bar_, QPoint(0, 0)), button->size())), qPrintable(button->objectName()));
        QVERIFY(child<WaveformView>(*bar_, "waveform")->width() > 300);
        QVERIFY(bar_->height() <= 160);
    }
};

QTEST_MAIN(PlayerBarTest)
#include "tst_player_bar.moc"
