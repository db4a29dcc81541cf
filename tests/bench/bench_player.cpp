// How long the player takes: to its first picture, to the whole of it, and to paint while one zooms, pans and plays; and how much memory that takes.
//   QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 bench_player FILE
// Knows nothing of earlier runs: its caches are in a folder of its own.
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

#include "ui/models/text.h"
#include "ui/widgets/player_bar.h"
#include "ui/widgets/sound_view.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

double megabytes()
{
    QFile file("/proc/self/statm");
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

void printTimes(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&](double share) { return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))]; };
    std::printf("%-28s n %5zu   median %6.2f ms   90 %% %6.2f ms   99 %% %6.2f ms   most %6.2f ms   memory %4.0f MB\n", what, times.size(), at(0.5), at(0.9), at(0.99), times.back(),
                megabytes());
    std::fflush(stdout);
}

/// Paints what is stale of the bar, as the window system would ask for it.
class Stopwatch
{
public:
    explicit Stopwatch(QWidget& bar) : bar_(bar), target_(bar.size() * bar.devicePixelRatioF(), QImage::Format_RGB32) { target_.setDevicePixelRatio(bar.devicePixelRatioF()); }

    double paint(const QRegion& region)
    {
        QElapsedTimer clock;
        clock.start();
        bar_.render(&target_, region.boundingRect().topLeft(), region);
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }
    double paint() { return paint(bar_.rect()); }

private:
    QWidget& bar_;
    QImage target_;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_player FILE\n");
        return 2;
    }
    QApplication::setOrganizationName("Earmark");
    QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    qputenv("XDG_CACHE_HOME", folder.path().toUtf8());
    Theme::instance().apply(Theme::Choice::dark);
    Workspace workspace;
    PlayerBar bar(workspace);
    bar.resize(1280, bar.height());
    bar.show();
    QTest::qWait(100);
    SoundPicture& picture = workspace.picture();
    TimeViewport& viewport = bar.viewport();
    Transport& transport = workspace.transport();
    std::printf("memory before %.0f MB\n", megabytes());

    QElapsedTimer clock;
    qint64 peaks = -1, parts = -1, whole = -1, longest = 0;
    QObject::connect(&picture, &SoundPicture::peaksChanged, &picture, [&] { peaks = peaks < 0 ? clock.elapsed() : peaks; });
    QObject::connect(&picture, &SoundPicture::partsChanged, &picture, [&] { parts = parts < 0 ? clock.elapsed() : parts; });
    QObject::connect(&picture, &SoundPicture::wholeChanged, &picture, [&] { whole = clock.elapsed(); });
    clock.start();
    const std::string path = argv[1];
    workspace.setCurrentSound({.audio = {.source = {.path = path}}, .title = fileName(path)});
    Stopwatch stopwatch(bar);
    std::vector<double> times;
    while (whole < 0) {
        QElapsedTimer turn;
        turn.start();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        longest = std::max(longest, turn.elapsed());
        times.push_back(stopwatch.paint());
        QTest::qSleep(10);
    }
    std::printf("first waveform after %lld ms, first spectrogram after %lld ms, all of %.0f s after %lld ms; longest turn of the event loop %lld ms\n", static_cast<long long>(peaks),
                static_cast<long long>(parts), picture.duration(), static_cast<long long>(whole), static_cast<long long>(longest));
    printTimes("while it is read", std::move(times));

    const double place = picture.duration() * 0.37;
    for (int round = 0; round < 3; ++round) { // the memory says whether anything piles up
        times.clear();
        while (viewport.length() > TimeViewport::shortest * 1.01) {
            viewport.zoom(1.25, place);
            times.push_back(stopwatch.paint());
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            times.push_back(stopwatch.paint());
        }
        while (!viewport.isWhole()) {
            viewport.zoom(0.8, place);
            times.push_back(stopwatch.paint());
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            times.push_back(stopwatch.paint());
        }
        printTimes("zooming in and out", std::move(times));
    }

    times.clear();
    for (const double length : {0.5, 20.0, 600.0}) {
        viewport.show(place, place + std::min(length, picture.duration() / 2));
        QTest::qWait(300);
        for (int i = 0; i < 60; ++i) {
            viewport.pan(viewport.length() * 0.02);
            times.push_back(stopwatch.paint());
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        }
    }
    printTimes("panning", std::move(times));

    times.clear();
    viewport.showAll();
    QTest::qWait(300);
    stopwatch.paint();
    transport.seek(place);
    transport.play();
    clock.restart();
    const double from = transport.position();
    while (transport.position() <= from && clock.elapsed() < 20000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    std::printf("sound %lld ms after a seek into the middle\n", static_cast<long long>(clock.elapsed()));
    for (clock.restart(); clock.elapsed() < 3000;) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        for (auto* view : bar.findChildren<SoundView*>()) {
            const QRect strip(view->mapTo(&bar, QPoint(static_cast<int>(view->xOf(transport.position())) - 2, 0)), QSize(6, view->height()));
            times.push_back(stopwatch.paint(strip));
        }
        QTest::qSleep(10);
    }
    transport.pause();
    printTimes("a playhead that moves", std::move(times));
    std::printf("starved %llu samples; fine parts kept %.1f MB\n", static_cast<unsigned long long>(transport.starved()), static_cast<double>(picture.keptBytes()) / (1 << 20));

    clock.restart();
    peaks = -1;
    workspace.setCurrentClip(std::nullopt);
    workspace.setCurrentSound({.audio = {.source = {.path = path}}, .title = fileName(path)});
    while (peaks < 0)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    std::printf("second look: waveform after %lld ms\n", static_cast<long long>(peaks));
    return 0;
}
