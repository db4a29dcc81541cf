// Mouse, wheel and keys on the views of sound, what overlays may do there, and that a moving playhead draws no picture anew.
#include "ui/widgets/sound_view.h"

#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <numbers>

#include "tests/support/gui.h"
#include "tests/support/sound_files.h"
#include "ui/models/workspace.h"
#include "ui/widgets/colour_map.h"
#include "ui/widgets/spectrogram_look.h"
#include "ui/widgets/spectrogram_view.h"
#include "ui/widgets/thumbnail_source.h"
#include "ui/widgets/time_axis.h"
#include "ui/widgets/waveform_view.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

constexpr int rate = 8000;

PlayableClip tone(double hertz, double seconds, double loudness = 0.5)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(std::lround(32767 * loudness * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate)));
    return {.audio = {.source = memorySource(wav16(samples, rate))}, .title = "tone", .duration = seconds};
}

class CountingView : public WaveformView
{
public:
    using WaveformView::WaveformView;
    int rendered = 0;

protected:
    void renderContent(QImage& image) override
    {
        ++rendered;
        WaveformView::renderContent(image);
    }
};

/// Takes the mouse in the first half of the view.
class HalfOverlay : public SoundOverlay
{
public:
    int painted = 0, presses = 0, moves = 0, releases = 0;

    void paint(QPainter& painter, const SoundView& view, const QRect&) override
    {
        ++painted;
        painter.fillRect(QRectF(view.xOf(0.1), 0, 4, 4), Qt::red);
    }
    bool mousePress(QMouseEvent& event, SoundView& view) override { return event.position().x() < view.width() / 2.0 && ++presses > 0; }
    void mouseMove(QMouseEvent&, SoundView&) override { ++moves; }
    void mouseRelease(QMouseEvent&, SoundView&) override { ++releases; }
    std::optional<Qt::CursorShape> hover(const QPointF& place, SoundView& view) override
    {
        return place.x() < view.width() / 2.0 ? std::optional(Qt::SizeHorCursor) : std::nullopt;
    }
};

double lightness(QRgb colour)
{
    const auto linear = [](int value) { return std::pow(value / 255.0, 2.2); };
    return std::cbrt(0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour)));
}

void wheel(QWidget& widget, QPointF place, QPoint angle, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(place, widget.mapToGlobal(place), {}, angle, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class SoundViewTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<PictureStore> store_;
    std::unique_ptr<SoundPicture> picture_;
    std::unique_ptr<Transport> transport_;
    std::unique_ptr<TimeViewport> viewport_;
    std::unique_ptr<CountingView> view_;

    void load(const PlayableClip& clip)
    {
        QSignalSpy whole(picture_.get(), &SoundPicture::wholeChanged);
        transport_->load(clip);
        picture_->show(clip.audio, clip.duration);
        QVERIFY(whole.wait(5000));
    }

    void drag(QWidget& widget, int from, int to, Qt::MouseButton button = Qt::LeftButton)
    {
        const int y = widget.height() / 2;
        QTest::mousePress(&widget, button, {}, {from, y});
        for (int i = 1; i <= 4; ++i) {
            QMouseEvent move(QEvent::MouseMove, QPointF(from + (to - from) * i / 4.0, y), widget.mapToGlobal(QPointF(from + (to - from) * i / 4.0, y)), Qt::NoButton, button, {});
            QCoreApplication::sendEvent(&widget, &move);
        }
        QTest::mouseRelease(&widget, button, {}, {to, y});
    }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        QCoreApplication::setOrganizationName("Earmark");
    }

    void init()
    {
        static int number = 0;
        store_ = std::make_unique<PictureStore>(folder_.filePath(QString::number(++number)).toStdString());
        picture_ = std::make_unique<SoundPicture>(nullptr, *store_);
        transport_ = std::make_unique<Transport>();
        viewport_ = std::make_unique<TimeViewport>();
        SoundView::followClip(*viewport_, *picture_);
        SoundView::followPlayhead(*viewport_, *transport_);
        view_ = std::make_unique<CountingView>(*picture_, *viewport_, *transport_);
        view_->resize(400, 60);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    }

    void cleanup()
    {
        view_.reset();
        viewport_.reset();
        transport_.reset();
        picture_.reset();
    }

    void followsTheClip()
    {
        load(tone(400, 2));
        QCOMPARE(viewport_->duration(), 2.0);
        QCOMPARE(view_->xOf(1), 200.0);
        QCOMPARE(view_->secondsAt(100), 0.5);
    }

    void aClickSeeksAndADragSelects()
    {
        load(tone(400, 2));
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, {100, 30});
        QVERIFY(std::abs(transport_->position() - 0.5) < 0.01);
        QVERIFY(!viewport_->selection());
        drag(*view_, 300, 200);
        QVERIFY(viewport_->selection());
        QVERIFY(std::abs(viewport_->selection()->first - 1.0) < 0.01 && std::abs(viewport_->selection()->second - 1.5) < 0.01);
        QVERIFY(std::abs(transport_->position() - 0.5) < 0.01);
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, {250, 30}); // within: the selection stays
        QVERIFY(viewport_->selection());
        QTest::mouseClick(view_.get(), Qt::LeftButton, Qt::ShiftModifier, {360, 30}); // its end moves
        QVERIFY(std::abs(viewport_->selection()->second - 1.8) < 0.01);
        QTest::keyClick(view_.get(), Qt::Key_Escape);
        QVERIFY(!viewport_->selection());
    }

    void wheelZoomsAndPans()
    {
        load(tone(400, 10));
        wheel(*view_, {100, 30}, {0, 120});
        QCOMPARE(viewport_->length(), 8.0);
        QVERIFY(std::abs(view_->secondsAt(100) - 2.5) < 1e-9); // what was under the pointer still is
        const double start = viewport_->start();
        wheel(*view_, {100, 30}, {0, -120}, Qt::ShiftModifier);
        QVERIFY(viewport_->start() > start);
        wheel(*view_, {100, 30}, {120, 0});
        QVERIFY(std::abs(viewport_->start() - start) < 1e-9);
        drag(*view_, 200, 100, Qt::MiddleButton);
        QVERIFY(std::abs(viewport_->start() - std::min(2.0, start + 2)) < 0.05);
        QTest::mouseDClick(view_.get(), Qt::LeftButton, {}, {200, 30});
        QVERIFY(viewport_->isWhole());
    }

    void keys()
    {
        load(tone(400, 10));
        transport_->seek(5);
        QTest::keyClick(view_.get(), Qt::Key_Plus);
        QVERIFY(viewport_->length() < 7);
        QVERIFY(viewport_->start() < 5 && viewport_->end() > 5);
        QTest::keyClick(view_.get(), Qt::Key_Minus);
        QVERIFY(viewport_->isWhole());
        QTest::keyClick(view_.get(), Qt::Key_Right);
        QCOMPARE(transport_->position(), 6.0);
        QTest::keyClick(view_.get(), Qt::Key_Left);
        QTest::keyClick(view_.get(), Qt::Key_Left);
        QCOMPARE(transport_->position(), 4.0);
    }

    void theAxisPans()
    {
        TimeAxis axis(*picture_, *viewport_, *transport_);
        axis.resize(400, 18);
        load(tone(400, 10));
        viewport_->show(2, 6);
        drag(axis, 200, 100);
        QVERIFY(std::abs(viewport_->start() - 3) < 0.02);
        QVERIFY(!viewport_->selection());
        QTest::mouseClick(&axis, Qt::LeftButton, {}, {0, 9});
        QVERIFY(std::abs(transport_->position() - 3) < 0.05);
    }

    void overlaysComeFirst()
    {
        load(tone(400, 2));
        HalfOverlay overlay;
        view_->addOverlay(&overlay);
        QTRY_VERIFY(overlay.painted > 0);
        drag(*view_, 100, 300);
        QCOMPARE(overlay.presses, 1);
        QVERIFY(overlay.moves >= 4);
        QCOMPARE(overlay.releases, 1);
        QVERIFY(!viewport_->selection());
        QCOMPARE(transport_->position(), 0.0);
        drag(*view_, 300, 350);
        QVERIFY(viewport_->selection());
        QTest::mouseMove(view_.get(), {50, 30});
        QTRY_COMPARE(view_->cursor().shape(), Qt::SizeHorCursor);
        QTest::mouseMove(view_.get(), {350, 30});
        QTRY_COMPARE(view_->cursor().shape(), Qt::ArrowCursor);
        view_->removeOverlay(&overlay);
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, {100, 30});
        QVERIFY(transport_->position() > 0.4);
    }

    void aMovingPlayheadDrawsNothingAnew()
    {
        load(tone(400, 2));
        view_->grab();
        const int before = view_->rendered;
        transport_->play();
        QTRY_VERIFY(transport_->position() > 0.5);
        view_->grab();
        QCOMPARE(view_->rendered, before);
        viewport_->zoom(2, 1);
        view_->grab();
        QCOMPARE(view_->rendered, before + 1);
    }

    void thePageTurnsWithThePlayhead()
    {
        load(tone(400, 4));
        viewport_->show(0, 0.3);
        transport_->play();
        QTRY_VERIFY(viewport_->start() > 0.2);
        viewport_->show(3, 3.5); // looked elsewhere: left alone
        QTest::qWait(200);
        QCOMPARE(viewport_->start(), 3.0);
    }

    void theWaveformShowsTheSound()
    {
        SpectrogramLook::instance().setEnlargesQuiet(false);
        load(tone(400, 2));
        const auto share = [&] { // of the height that the waveform fills in the middle
            const QImage image = view_->grabContent();
            const QRgb empty = view_->palette().color(QPalette::Base).rgb();
            int filled = 0;
            for (int y = 0; y < image.height(); ++y)
                filled += image.pixel(image.width() / 2, y) != empty;
            return static_cast<double>(filled) / image.height();
        };
        QVERIFY2(std::abs(share() - 0.5) < 0.06, qPrintable(QString::number(share())));
        SpectrogramLook::instance().setEnlargesQuiet(true); // 0.5 becomes 1
        QVERIFY2(share() > 0.9, qPrintable(QString::number(share())));
        viewport_->show(1, 1.01); // samples as a line
        QVERIFY(share() > 0.01);
    }

    void theSpectrogramShowsThePitch()
    {
        SpectrogramView spectrogram(*picture_, *viewport_, *transport_);
        spectrogram.resize(400, 200);
        load(tone(1000, 2));
        for (const FrequencyAxis axis : {FrequencyAxis::linear, FrequencyAxis::mel, FrequencyAxis::logarithmic}) {
            SpectrogramLook::instance().setAxis(axis);
            const QImage image = spectrogram.grabContent();
            int brightest = 0;
            for (int y = 0; y < image.height(); ++y)
                if (lightness(image.pixel(image.width() / 2, y)) > lightness(image.pixel(image.width() / 2, brightest)))
                    brightest = y;
            const double y = *spectrogram.yOf(1000) * image.devicePixelRatio();
            QVERIFY2(std::abs(brightest - y) < 6, qPrintable(QString("%1 instead of %2").arg(brightest).arg(y)));
            QVERIFY(std::abs(*spectrogram.hertzAt(*spectrogram.yOf(1000)) - 1000) < 1);
        }
        QVERIFY(!view_->yOf(1000));
    }

    void thePlaceUnderThePointerIsSaid()
    {
        SpectrogramLook::instance().setAxis(FrequencyAxis::linear);
        SpectrogramView spectrogram(*picture_, *viewport_, *transport_);
        spectrogram.resize(400, 200);
        spectrogram.show();
        QVERIFY(QTest::qWaitForWindowExposed(&spectrogram));
        load(tone(1000, 2));
        auto* label = child<QLabel>(spectrogram, "placeUnderPointer");
        QVERIFY(!label->isVisible());
        QTest::mouseMove(&spectrogram, {100, 100});
        QTRY_VERIFY(label->isVisible());
        QCOMPARE(label->text(), QString("00:00.500, %1 Hz").arg(QLocale().toString(2000)));
        QVERIFY(!label->geometry().contains(100, 100));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&spectrogram, &leave);
        QVERIFY(!label->isVisible());
    }

    void coloursGetLighterEvenly()
    {
        for (const ColourMap map : {ColourMap::meadow, ColourMap::ember, ColourMap::grey}) {
            const auto& colours = coloursOf(map);
            for (std::size_t i = 8; i < colours.size(); i += 8)
                QVERIFY2(lightness(colours[i]) > lightness(colours[i - 8]), qPrintable(QString("%1 at %2").arg(static_cast<int>(map)).arg(i)));
            QVERIFY(lightness(colours.front()) < 0.3 && lightness(colours.back()) > 0.85);
        }
    }

    void thumbnailsComeByThemselves()
    {
        ThumbnailSource source(nullptr, *store_);
        QSignalSpy ready(&source, &ThumbnailSource::ready);
        const ClipRow good{.id = 7, .audio = tone(400, 1).audio}, bad{.id = 8, .audio = {.source = {.path = "/nonexistent/x.wav"}}};
        QVERIFY(source.thumbnail(bad, {80, 24}, 1).isNull());
        QVERIFY(source.thumbnail(good, {80, 24}, 2).isNull());
        QVERIFY(ready.wait(5000));
        QCOMPARE(ready.count(), 1);
        QCOMPARE(ready[0][0].value<ClipId>(), ClipId(7));
        const QPixmap pixmap = source.thumbnail(good, {80, 24}, 2);
        QCOMPARE(pixmap.size(), QSize(160, 48));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
        QVERIFY(qAlpha(pixmap.toImage().pixel(80, 24)) > 0);
        for (int i = 0; i < 5000; ++i) // wishes are bounded, and nothing waits
            source.thumbnail({.id = 100 + i, .audio = good.audio}, {80, 24}, 2);
        QVERIFY(source.thumbnail(bad, {80, 24}, 1).isNull());
    }
};

QTEST_MAIN(SoundViewTest)
#include "tst_sound_view.moc"
