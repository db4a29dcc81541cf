// How the Data page bears a project of 100,000 clips: how long it takes to open, how long the event loop is away at most while one scrolls, filters, sorts,
// selects, labels and divides with real keys and clicks, and how much memory that takes.
//   QT_QPA_PLATFORM=offscreen bench_data [CLIPS]
// Makes the project in a process of its own, in a temporary folder: a short sound for each hundred clips, and links to it.
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <cstdio>
#include <filesystem>
#include <functional>

#include "tests/support/corpus.h"
#include "tests/support/stall_watch.h"
#include "ui/dialogs/split_dialog.h"
#include "ui/models/process_memory.h"
#include "ui/pages/data/clip_table.h"
#include "ui/pages/data/data_page.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

constexpr int labels = 20;

int makeProject(const QString& folder, int count)
{
    std::vector<NewClip> clips;
    std::string sound; // of the take
    for (int i = 0; i < count; ++i) {
        const std::string place = folder.toStdString() + "/recordings/take " + std::to_string(i / 100);
        if (i % 100 == 0) {
            std::filesystem::create_directories(place);
            test::writeBytes(sound = place + "/sound.wav", test::toneWav(200 + i % 977, 2, static_cast<unsigned>(i)));
        }
        NewClip clip;
        clip.audio.source.path = place + "/clip " + std::to_string(i) + ".wav";
        std::filesystem::create_hard_link(sound, clip.audio.source.path);
        clip.facts = {.hash = std::to_string(i), .sampleRate = 16000, .channels = 1, .duration = 2.0 + i % 7, .container = "wav", .codec = "pcm_s16le"};
        clip.labels = {"label " + std::to_string(i * 7 % labels)};
        clip.group = "take " + std::to_string(i / 100);
        clip.split = i % 10 == 0 ? "test" : "train";
        clips.push_back(std::move(clip));
    }
    auto project = Project::create((folder + "/large.earmark").toStdString());
    if (!project || !project->addClips(clips, Origin::import))
        return 1;
    Run run{.name = "run", .folder = "run", .base = "none", .state = "finished"};
    for (int i = 0; i < labels; ++i)
        run.labels.push_back("label " + std::to_string(i));
    const auto id = project->addRun(run);
    std::vector<Prediction> predictions;
    const std::vector<ClipId> ids = project->clipIds().value();
    for (const ClipId clip : ids) {
        Prediction& prediction = predictions.emplace_back(Prediction{.clip = clip, .split = "test", .scores = std::vector<float>(labels, 0.01F)});
        const auto best = static_cast<std::size_t>(clip * 5 % labels);
        prediction.label = run.labels[best];
        prediction.scores[best] = 0.5F + static_cast<float>(clip % 400) / 1000;
    }
    return id && project->addPredictions(*id, predictions) && project->close() ? 0 : 1;
}

bool waitUntil(const std::function<bool()>& isDone, int most = 60000)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone() && !clock.hasExpired(most)) {
        QEventLoop loop;
        QTimer::singleShot(2, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return isDone();
}

void rest(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

class Bench
{
public:
    explicit Bench(int count) : count_(count)
    {
        page.resize(1200, 620);
        page.show();
        (void)QTest::qWaitForWindowActive(&page);
        table = page.findChild<ClipTable*>("clips");
    }

    void open(const QString& path)
    {
        rest(300);
        watch.reset();
        QElapsedTimer clock;
        clock.start();
        bool loaded = false;
        QObject::connect(&workspace.project(), &ProjectSession::loadingChanged, &page, [&](bool loading) { loaded = !loading; });
        workspace.project().open(path.toStdString());
        waitUntil([&] { return rows() > 0; });
        page.grab();
        const qint64 first = clock.elapsed();
        waitUntil([&] { return loaded && rows() == count_; });
        const qint64 all = clock.elapsed();
        rest(3000); // thumbnails, missing files, leaks
        print("opens", all);
        std::printf("  first rows painted after %lld ms\n", static_cast<long long>(first));
    }

    /// Does it, waits until it is done and for what follows.
    void measure(const char* what, const std::function<void()>& act, const std::function<bool()>& isDone)
    {
        rest(300);
        watch.reset();
        QElapsedTimer clock;
        clock.start();
        act();
        const bool done = waitUntil(isDone);
        const qint64 took = clock.elapsed();
        rest(700);
        print(what, took);
        if (!done)
            std::printf("  NOT DONE after a minute\n");
    }
    void print(const char* what, qint64 took)
    {
        worst = std::max(worst, watch.longest());
        std::printf("%-30s %6lld ms   longest stall %6.1f ms   memory %4lld MB\n", what, static_cast<long long>(took), watch.longest(),
                    static_cast<long long>(processMemory() >> 20));
        std::fflush(stdout);
    }

    int rows() const { return table->model()->rowCount(); }
    ClipTableModel& model() const { return *static_cast<ClipTableModel*>(table->model()); }
    bool isStill() const { return !model().isBusy(); }
    void key(int key, int times, Qt::KeyboardModifiers modifiers = {})
    {
        for (int i = 0; i < times; ++i) {
            QTest::keyClick(table, static_cast<Qt::Key>(key), modifiers);
            QCoreApplication::processEvents();
        }
    }
    void wheel(int times, int delta)
    {
        for (int i = 0; i < times; ++i) {
            const QPointF place = table->viewport()->rect().center();
            QWheelEvent event(place, table->viewport()->mapToGlobal(place), {}, {0, delta}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(table->viewport(), &event);
            QCoreApplication::processEvents();
        }
    }
    void clickHeader(int column)
    {
        QHeaderView* header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {header->sectionViewportPosition(column) + 20, header->height() / 2});
    }
    void type(const QString& text)
    {
        auto* search = page.findChild<QLineEdit*>("clipSearch");
        search->setFocus();
        for (const QChar c : text) {
            QTest::keyClick(search, c.toLatin1());
            rest(60);
        }
    }

    Workspace workspace;
    DataPage page{workspace};
    ClipTable* table = nullptr;
    test::StallWatch watch;
    double worst = 0;

private:
    const int count_;
};

void scroll(Bench& bench)
{
    const auto still = [&] { return bench.isStill(); };
    bench.table->setFocus();
    bench.measure("Page Down, 200 times", [&] { bench.key(Qt::Key_PageDown, 200); }, still);
    bench.measure("Down, 300 times", [&] { bench.key(Qt::Key_Down, 300); }, still);
    bench.measure("End, Home, 10 times", [&] {
        for (int i = 0; i < 10; ++i) {
            bench.key(Qt::Key_End, 1, Qt::ControlModifier);
            bench.key(Qt::Key_Home, 1, Qt::ControlModifier);
        }
    }, still);
    bench.measure("wheel, 500 notches", [&] { bench.wheel(500, -120); }, still);
    bench.measure("scroll bar, end to end", [&] {
        QScrollBar* bar = bench.table->verticalScrollBar();
        for (int i = 0; i <= 300; ++i) {
            bar->setValue(static_cast<int>(qint64{bar->maximum()} * i / 300));
            QCoreApplication::processEvents();
        }
    }, still);
}

void filter(Bench& bench, int count)
{
    bench.measure("types \"clip 99\"", [&] { bench.type("clip 99"); }, [&] { return bench.isStill() && bench.rows() < count; });
    bench.measure("clears the search", [&] { bench.page.findChild<QLineEdit*>("clipSearch")->clear(); }, [&] { return bench.isStill() && bench.rows() == count; });
    auto* list = bench.page.findChild<QListView*>("balance");
    for (int row = 2; row < 6; ++row)
        bench.measure("chooses a label", [&] { QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(row, 0)).center()); },
                      [&] { return bench.isStill() && bench.rows() == count / labels; });
    bench.measure("chooses all labels", [&] { QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center()); },
                  [&] { return bench.isStill() && bench.rows() == count; });
    auto* run = bench.page.findChild<QComboBox*>("shownRun");
    bench.measure("shows a run's predictions", [&] { run->setFocus(); QTest::keyClick(run, Qt::Key_Down); },
                  [&] { return bench.workspace.view().shownRun && bench.isStill(); });
}

void sort(Bench& bench)
{
    for (int column = 1; column < clipColumns; ++column)
        for (const char* direction : {"up", "down"}) {
            if (bench.table->isColumnHidden(column))
                continue;
            const QString what = "sorts by " + bench.model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + ", " + direction;
            bench.measure(qPrintable(what), [&] { bench.clickHeader(column); }, [&] { return bench.isStill(); });
        }
    bench.measure("as they were added", [&] { bench.table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); }, [&] { return bench.isStill(); });
}

void edit(Bench& bench, std::size_t count)
{
    auto& project = bench.workspace.project();
    bench.table->setFocus();
    bench.measure("selects all", [&] { bench.key(Qt::Key_A, 1, Qt::ControlModifier); }, [&] { return bench.table->selectedClips().size() == count; });
    const auto undoable = [&] { return bench.workspace.view().undoable.value_or(""); };
    const std::string before = undoable();
    bench.measure("labels all", [&] { bench.key(Qt::Key_1, 1); }, [&] { return undoable() != before && bench.isStill(); });
    bench.measure("undoes that", [&] { project.undo(); }, [&] { return undoable() == before && bench.isStill(); });
    bench.table->clearSelection();
    bench.measure("labels one", [&] { bench.key(Qt::Key_Down, 1); bench.key(Qt::Key_2, 1); }, [&] { return undoable() != before && bench.isStill(); });
    SplitDialog* dialog = nullptr;
    const auto planned = [&] { return (dialog = bench.page.findChild<SplitDialog*>()) && dialog->findChild<QAbstractButton*>("splitDivide")->isEnabled(); };
    const std::string labelled = undoable();
    bench.measure("opens the dialog for dividing", [&] { bench.page.findChild<QAbstractButton*>("divideButton")->click(); }, planned);
    bench.measure("divides", [&] { dialog->findChild<QAbstractButton*>("splitDivide")->click(); }, [&] { return undoable() != labelled && bench.isStill(); });
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == "--make")
        return makeProject(arguments.value(2), arguments.value(3).toInt());
    const int count = arguments.size() > 1 ? arguments[1].toInt() : 100000;
    const QTemporaryDir folder;
    if (QProcess::execute(arguments[0], {"--make", folder.path(), QString::number(count)}) != 0)
        qFatal("the project could not be made");
    Theme::instance().apply(Theme::Choice::light);
    Bench bench(count);
    bench.open(folder.filePath("large.earmark"));
    scroll(bench);
    filter(bench, count);
    sort(bench);
    edit(bench, static_cast<std::size_t>(count));
    std::printf("longest stall of all %.1f ms\n", bench.worst);
    return 0;
}
