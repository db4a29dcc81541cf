// What can be drawn of a clip: how it comes, what is kept of it, and what becomes of it when another is asked for.
#include "engine/bridge/sound_picture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numbers>

#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::test;

namespace
{

constexpr int rate = 8000;

Bytes toneBytes(double hertz, double seconds)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(std::lround(16384 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate)));
    return wav16(samples, rate);
}

AudioClip tone(double hertz, double seconds) { return {.source = memorySource(toneBytes(hertz, seconds))}; }

/// The row that is loudest in a column.
int loudestRow(const SpectrogramPart& part, int column)
{
    const std::uint8_t* rows = part.column(column);
    return static_cast<int>(std::max_element(rows, rows + part.rows) - rows);
}

} // namespace

class SoundPictureTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<PictureStore> store_;
    std::unique_ptr<SoundPicture> picture_;

    void showWhole(const AudioClip& clip, double duration = 0)
    {
        QSignalSpy whole(picture_.get(), &SoundPicture::wholeChanged);
        picture_->show(clip, duration);
        QVERIFY(whole.wait(10000));
        QVERIFY(picture_->isWhole());
    }

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        store_ = std::make_unique<PictureStore>(folder_.filePath(QString::number(++number)).toStdString());
        picture_ = std::make_unique<SoundPicture>(nullptr, *store_);
    }

    void cleanup()
    {
        picture_.reset();
        store_.reset();
    }

    void aShortClipIsThereAtOnceAndWhole()
    {
        showWhole(tone(1000, 2));
        QCOMPARE(picture_->sampleRate(), rate);
        QCOMPARE(picture_->duration(), 2.0);
        QCOMPARE(picture_->peaks()->samples, 2 * rate);
        const auto* samples = picture_->samples(0, 2);
        QVERIFY(samples);
        QCOMPARE(samples->values->size(), std::size_t(2 * rate));
        const SpectrogramPart* part = picture_->part(0, 3);
        QVERIFY(part);
        const double hertz = (loudestRow(*part, 100) + 0.5) * rate / 2 / part->rows;
        QVERIFY2(std::abs(hertz - 1000) < 40, qPrintable(QString::number(hertz)));
        const double loudness = static_cast<double>(SpectrogramPart::decibelsOf(*std::max_element(part->column(100), part->column(100) + part->rows)));
        QVERIFY2(std::abs(loudness + 6) < 3, qPrintable(QString::number(loudness)));
    }

    void aClipWithinAFileIsItself()
    {
        AudioClip clip = tone(500, 10);
        clip.start = 2.5;
        clip.end = 4;
        showWhole(clip);
        QCOMPARE(picture_->duration(), 1.5);
        QCOMPARE(picture_->peaks()->start, 2.5);
        QCOMPARE(picture_->peaks()->samples, rate * 3 / 2);
    }

    void aLongOneComesBitByBit()
    {
        QSignalSpy peaks(picture_.get(), &SoundPicture::peaksChanged);
        QSignalSpy whole(picture_.get(), &SoundPicture::wholeChanged);
        picture_->show(tone(1000, 900), 900);
        QVERIFY(peaks.wait(5000));
        const std::int64_t early = picture_->peaks()->samples;
        QVERIFY(whole.count() > 0 || whole.wait(20000));
        QVERIFY2(early < picture_->peaks()->samples, "the first peaks came with all of them");
        QCOMPARE(picture_->peaks()->samples, 900 * rate);
    }

    void closerPartsAreComputedWhenWanted()
    {
        showWhole(tone(1000, 200), 200);
        const int overview = picture_->levelFor(200.0 / 1000);
        QVERIFY(overview > 3);
        QVERIFY(picture_->part(overview, 0));
        QVERIFY(!picture_->part(0, 500));
        QSignalSpy parts(picture_.get(), &SoundPicture::partsChanged);
        picture_->want(0, 500, 502);
        QTRY_VERIFY_WITH_TIMEOUT(picture_->part(0, 500) && picture_->part(0, 501) && picture_->part(0, 502), 5000);
        const SpectrogramPart* part = picture_->part(0, 501);
        QCOMPARE(part->filled, SpectrogramPart::columns);
        const double hertz = (loudestRow(*part, 0) + 0.5) * rate / 2 / part->rows;
        QVERIFY(std::abs(hertz - 1000) < 40);
        // No seams: the first column, whose window reaches before the part, is as loud as one in the middle.
        const auto loudness = [&](int column) { return *std::max_element(part->column(column), part->column(column) + part->rows); };
        QVERIFY(std::abs(loudness(0) - loudness(128)) <= 2);
    }

    void memoryIsBounded()
    {
        showWhole(tone(1000, 600), 600);
        for (int first = 0; first < 2300; first += 40) {
            picture_->want(0, first, first + 39);
            QTRY_VERIFY_WITH_TIMEOUT(picture_->part(0, first + 39), 10000);
            QVERIFY(picture_->keptBytes() <= SoundPicture::mostBytes);
        }
        QVERIFY(picture_->keptBytes() > SoundPicture::mostBytes / 2);
        QVERIFY(!picture_->part(0, 0)); // seen longest ago
    }

    void samplesOfALongClipAreFetched()
    {
        showWhole(tone(1000, 400), 400);
        QVERIFY(!picture_->samples(300, 300.05));
        QSignalSpy samples(picture_.get(), &SoundPicture::samplesChanged);
        QVERIFY(samples.wait(5000));
        const auto* found = picture_->samples(300, 300.05);
        QVERIFY(found);
        const auto at = static_cast<std::size_t>(300 * rate - found->first);
        for (std::size_t i = 0; i < 400; ++i)
            QVERIFY(std::abs((*found->values)[at + i] - 0.5F * static_cast<float>(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / rate))) < 1e-3F);
    }

    void anotherClipEndsTheFirst()
    {
        picture_->show(tone(1000, 3000), 3000);
        QElapsedTimer clock;
        clock.start();
        showWhole(tone(2000, 1), 1);
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(picture_->peaks()->samples, rate);
        picture_->show(std::nullopt, 0);
        QVERIFY(!picture_->peaks());
    }

    void goesAwayInTheMiddle()
    {
        picture_->show(tone(1000, 3000), 3000);
        picture_->want(0, 0, 100);
        QElapsedTimer clock;
        clock.start();
        picture_.reset();
        QVERIFY(clock.elapsed() < 1500);
    }

    void saysWhyNothingCanBeRead()
    {
        QSignalSpy whole(picture_.get(), &SoundPicture::wholeChanged);
        picture_->show(AudioClip{.source = {.path = "/nonexistent/x.wav"}}, 1);
        QVERIFY(whole.wait(2000));
        QVERIFY(!picture_->isWhole());
        QCOMPARE(picture_->error()->code, std::string("io.not_found"));
        QVERIFY(!picture_->peaks());
    }

    void anotherDetailReadsAnew()
    {
        showWhole(tone(1000, 2));
        const int rows = picture_->part(0, 0)->rows;
        QSignalSpy whole(picture_.get(), &SoundPicture::wholeChanged);
        picture_->setDetail(1);
        QVERIFY(whole.wait(5000));
        QVERIFY(picture_->part(0, 0)->rows > rows);
    }

    /// A second look needs no peaks computed, not even when the file lies elsewhere meanwhile.
    void peaksAreKeptOnDisk()
    {
        const std::string path = folder_.filePath("sound.wav").toStdString(), moved = folder_.filePath("moved.wav").toStdString();
        writeBytes(path, toneBytes(700, 60));
        const AudioClip clip{.source = {.path = path}};
        QVERIFY(!store_->peaks(clip));
        showWhole(clip, 60);
        QTRY_VERIFY(store_->peaks(clip));
        QVERIFY(*store_->peaks(clip) == *picture_->peaks());
        QVERIFY(QFile::rename(QString::fromStdString(path), QString::fromStdString(moved)));
        QVERIFY(!store_->peaks(clip));
        QVERIFY(store_->peaks({.source = {.path = moved}}));
        QVERIFY(!store_->peaks({.source = {.path = moved}, .start = 1}));
        QVERIFY(!store_->peaks({.source = {.path = moved}}, {.index = 0}));
        writeBytes(moved, toneBytes(800, 60)); // other bytes at the same place
        QVERIFY(!store_->peaks({.source = {.path = moved}}));
    }

    void theNewestJobIsDoneFirst()
    {
        std::mutex mutex;
        std::vector<int> order;
        std::atomic<bool> go = false;
        JobStack jobs(1, 3);
        jobs.push({99, [&](std::stop_token) {
                       while (!go)
                           std::this_thread::yield();
                   }});
        QTest::qWait(50);
        const auto note = [&](int number) {
            return JobStack::Job{static_cast<std::uint64_t>(number), [&, number](std::stop_token) {
                                     const std::lock_guard lock(mutex);
                                     order.push_back(number);
                                 }};
        };
        QVERIFY(!jobs.push(note(1)) && !jobs.push(note(2)) && !jobs.push(note(3)));
        QVERIFY(!jobs.push(note(2)));                              // asked for again: moves up
        QCOMPARE(jobs.push(note(4)), std::optional<std::uint64_t>(1)); // the oldest goes
        go = true;
        const auto count = [&] {
            const std::lock_guard lock(mutex);
            return order.size();
        };
        QTRY_COMPARE(count(), 3u);
        QCOMPARE(order, (std::vector<int>{4, 2, 3}));
    }
};

QTEST_GUILESS_MAIN(SoundPictureTest)
#include "tst_sound_picture.moc"
