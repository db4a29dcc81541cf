// Regions by mouse, to the exact place: drawn, pulled, snapped; labelled, heard and removed by key; the table of them.
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

#include "tests/ui/pages/label/label_page_case.h"
#include "ui/pages/label/sound_editor.h"

using namespace earmark;

class LabelRegionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        Theme::instance().apply(Theme::Choice::light);
    }

    void init()
    {
        at_ = std::make_unique<test::LabelPageCase>();
        editor_ = at_->page->findChild<SoundEditor*>();
        waveform_ = test::child<SoundView>(*at_->page, "labelWaveform");
        spectrogram_ = test::child<SoundView>(*at_->page, "labelSpectrogram");
        editor_->regions().setSnapping({.edges = false});
        QTRY_COMPARE(at_->workspace->picture().sampleRate(), 16000);
        QTRY_COMPARE(editor_->viewport().length(), 2.0);
        QTRY_VERIFY(waveform_->width() > 300);
    }
    void cleanup() { at_.reset(); }

    void drawsToThePixel()
    {
        drag(*waveform_, {200, 60}, {500, 70});
        QTRY_COMPARE(regions().size(), std::size_t(1));
        QTRY_VERIFY(editor_->regions().selected());
        const Region region = regions().front();
        QCOMPARE(region.start, waveform_->secondsAt(200));
        QCOMPARE(region.end, waveform_->secondsAt(500));
        QVERIFY(!region.low);
        QTRY_VERIFY(at_->workspace->transport().loop());
        QCOMPARE(*at_->workspace->transport().loop(), std::pair(region.start, region.end));
    }

    void aClickSeeks()
    {
        QTest::mouseClick(waveform_, Qt::LeftButton, {}, {300, 60});
        QCOMPARE(at_->workspace->transport().position(), waveform_->secondsAt(300));
        QVERIFY(regions().empty());
    }

    void drawsFrequencies()
    {
        drag(*spectrogram_, {200, 30}, {400, 90}, Qt::ControlModifier);
        QTRY_COMPARE(regions().size(), std::size_t(1));
        const Region region = regions().front();
        QCOMPARE(region.high, spectrogram_->hertzAt(30));
        QCOMPARE(region.low, spectrogram_->hertzAt(90));
        at_->click("drawFrequencies"); // now without Ctrl
        drag(*spectrogram_, {500, 30}, {600, 90});
        QTRY_COMPARE(regions().size(), std::size_t(2));
        QVERIFY(regions()[1].low.has_value());
    }

    void edgesAndBody()
    {
        draw(0.5, 1.0);
        drag(*waveform_, at(1.0), at(1.4));
        QTRY_VERIFY(near(region().end, 1.4));
        QVERIFY(near(region().start, 0.5));
        drag(*waveform_, at(0.5), at(0.2));
        QTRY_VERIFY(near(region().start, 0.2));
        drag(*waveform_, at(0.8), at(0.9)); // the inside of the one that is chosen
        QTRY_VERIFY(near(region().start, 0.3));
        QVERIFY(near(region().end, 1.5));
        drag(*waveform_, at(0.8), at(1.9)); // no further than the end of the clip
        QTRY_COMPARE(region().end, 2.0);
        QVERIFY(near(region().start, 0.8));
        const QString before = "Change a region";
        at_->click("undoButton");
        QTRY_VERIFY(near(region().start, 0.3));
        QCOMPARE(QString::fromStdString(at_->workspace->view().undoable.value_or("")), before);
    }

    void snapsToEdges()
    {
        draw(0.5, 1.0);
        at_->press(Qt::Key_Escape);
        editor_->regions().setSnapping({.edges = true});
        drag(*waveform_, at(1.0) + QPoint(6, 0), at(1.5)); // six pixels beside the edge
        QTRY_COMPARE(regions().size(), std::size_t(2));
        QCOMPARE(regions()[1].start, regions()[0].end);
    }

    void snapsToZeroCrossings()
    {
        editor_->regions().setSnapping({.edges = false, .zeroCrossings = true});
        QTRY_VERIFY(at_->workspace->picture().samples(0.4, 1.2));
        drag(*waveform_, at(0.5), at(1.0));
        QTRY_COMPARE(regions().size(), std::size_t(1));
        const auto* samples = at_->workspace->picture().samples(0.4, 1.2);
        QVERIFY(samples);
        for (const double time : {region().start, region().end}) {
            const auto place = static_cast<std::size_t>(time * 16000) - static_cast<std::size_t>(samples->first);
            QVERIFY((samples->values->at(place) < 0) != (samples->values->at(place + 1) < 0));
        }
    }

    void keysLabelTheRegion()
    {
        draw(0.5, 1.0);
        at_->press(Qt::Key_2);
        QTRY_COMPARE(region().labels, std::vector<std::string>{"jazz"});
        at_->press(Qt::Key_B, Qt::ShiftModifier);
        QTRY_COMPARE(region().labels.size(), std::size_t(2));
        QCOMPARE(at_->labels(0), "");
        QCOMPARE(at_->current(), 0);
        QTRY_VERIFY(test::child<QAbstractButton>(*at_->page, "label:blues")->isChecked());
        at_->press(Qt::Key_Escape);
        at_->press(Qt::Key_1);
        QTRY_COMPARE(at_->labels(0), "rock");
    }

    void keysMoveAndRemove()
    {
        draw(0.5, 1.0);
        const Region before = region();
        at_->press(Qt::Key_Right);
        at_->press(Qt::Key_Right);
        at_->press(Qt::Key_Left, Qt::ShiftModifier);
        QTRY_VERIFY(near(region().start, before.start + 0.02, 1e-9));
        QVERIFY(near(region().end, before.end + 0.01, 1e-9));
        at_->click("undoButton"); // what was done in one go is undone in one
        QTRY_COMPARE(region().start, before.start);
        at_->press(Qt::Key_Delete);
        QTRY_VERIFY(regions().empty());
        at_->click("undoButton");
        QTRY_COMPARE(regions().size(), std::size_t(1));
    }

    void table()
    {
        draw(0.5, 1.0);
        auto* table = test::child<QTableView>(*at_->page, "regionTable");
        QTRY_VERIFY(table->isVisible());
        at_->press(Qt::Key_Escape);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 1)).center());
        QTRY_VERIFY(editor_->regions().selected());
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 1)).center());
        auto* cell = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(cell);
        cell->selectAll();
        QTest::keyClicks(cell, "1.25");
        QTest::keyClick(cell, Qt::Key_Return);
        QTRY_COMPARE(region().end, 1.25);
        QCOMPARE(at_->labels(0), ""); // 1 and 2 were text
        QCOMPARE(at_->current(), 0);
    }

    void overlapsAreBothWithinReach()
    {
        draw(0.2, 1.8);
        at_->press(Qt::Key_Escape);
        drag(*waveform_, at(0.6), at(1.0)); // free ground within the first
        QTRY_COMPARE(regions().size(), std::size_t(2));
        QTRY_VERIFY(editor_->regions().selected());
        const auto inner = *editor_->regions().selected();
        QTest::mouseClick(waveform_, Qt::LeftButton, {}, {at(0.8).x(), 6}); // the first one's strip
        QVERIFY(editor_->regions().selected() != inner);
        QTest::mouseClick(waveform_, Qt::LeftButton, {}, {at(0.8).x(), 24}); // the second lane
        QCOMPARE(editor_->regions().selected(), std::optional(inner));
    }

private:
    const std::vector<Region>& regions() const { return editor_->regions().regions(); }
    const Region& region() const { return regions().front(); }
    static bool near(double a, double b, double by = 0.005) { return std::abs(a - b) < by; }
    QPoint at(double seconds) const { return {qRound(waveform_->xOf(seconds)), waveform_->height() - 20}; }

    void drag(SoundView& view, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, from);
        for (const QPoint& place : {from + (to - from) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, place, view.mapToGlobal(place), Qt::NoButton, Qt::LeftButton, modifiers);
            QApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, Qt::LeftButton, modifiers, to);
    }

    void draw(double start, double end)
    {
        drag(*waveform_, at(start), at(end));
        QTRY_COMPARE(regions().size(), std::size_t(1));
        QTRY_VERIFY(editor_->regions().selected());
    }

    std::unique_ptr<test::LabelPageCase> at_;
    SoundEditor* editor_ = nullptr;
    SoundView* waveform_ = nullptr;
    SoundView* spectrogram_ = nullptr;
};

QTEST_MAIN(LabelRegionsTest)
#include "tst_label_regions.moc"
