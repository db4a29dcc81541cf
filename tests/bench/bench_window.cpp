// How quick the window stays while a network trains on every core: the longest stall of the event loop over some minutes of clicking through all pages,
// and whether a sound device that takes its samples in real time ever wants one that is not there.
//   QT_QPA_PLATFORM=offscreen bench_window PROJECT.earmark BASE [SECONDS]
// BASE is a model folder or scratch:PRESET; the run goes into a temporary folder and is removed from the project at the end. Work on a copy.
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QMetaEnum>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <map>

#include "engine/bridge/train_session.h"
#include "tests/support/real_time_output.h"
#include "tests/support/stall_watch.h"
#include "ui/models/process_memory.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

void rest(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void press(QWidget* widget, Qt::Key key, int times)
{
    for (int i = 0; widget && i < times; ++i) {
        QTest::keyClick(widget, key);
        rest(80);
    }
}

class Clicking
{
public:
    explicit Clicking(MainWindow& window, Workspace& workspace) : window_(window), workspace_(workspace) {}

    void page(Workspace::PageId id, int round)
    {
        watch_.reset();
        window_.showPage(id);
        rest(300);
        switch (id) {
        case Workspace::PageId::data:
            press(find<QAbstractItemView>("clips"), Qt::Key_PageDown, 6);
            press(find<QAbstractItemView>("clips"), round % 2 ? Qt::Key_Home : Qt::Key_Down, 6);
            type(find<QLineEdit>("clipSearch"), "0");
            break;
        case Workspace::PageId::label:
            press(find<QWidget>("labelPage"), Qt::Key_Return, 6);
            press(find<QWidget>("labelWaveform"), Qt::Key_Plus, 4);
            press(find<QWidget>("labelWaveform"), Qt::Key_Minus, 4);
            break;
        case Workspace::PageId::train:
            press(find<QAbstractItemView>("runsTable"), Qt::Key_Down, 3);
            rest(700);
            break;
        case Workspace::PageId::test:
            if (auto* tabs = find<QTabWidget>("testTabs"))
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    rest(250);
                }
            press(find<QAbstractItemView>("testClipTable"), Qt::Key_Down, 4);
            break;
        case Workspace::PageId::predict:
            rest(500);
            break;
        }
        if (!workspace_.transport().isPlaying())
            workspace_.transport().play();
        rest(500);
        const char* name = QMetaEnum::fromType<Workspace::PageId>().valueToKey(static_cast<int>(id));
        worst_[name] = std::max(worst_[name], watch_.longest());
    }

    void print() const
    {
        for (const auto& [name, stall] : worst_)
            std::printf("%-8s longest stall %6.1f ms\n", name.c_str(), stall);
    }

private:
    template <class Widget> Widget* find(const char* name) const { return window_.findChild<Widget*>(name); }
    static void type(QLineEdit* field, const char* text)
    {
        if (!field)
            return;
        field->setFocus();
        QTest::keyClicks(field, text);
        rest(300);
        field->clear();
        rest(300);
    }

    MainWindow& window_;
    Workspace& workspace_;
    test::StallWatch watch_;
    std::map<std::string, double> worst_;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 3) {
        std::fputs("bench_window PROJECT BASE [SECONDS]\n", stderr);
        return 2;
    }
    const int seconds = argc > 3 ? QByteArray(argv[3]).toInt() : 300;
    Theme::instance().apply(Theme::Choice::dark);
    Workspace workspace;
    const auto record = std::make_shared<test::RealTimeOutput::Record>();
    workspace.transport().setOutput(std::make_unique<test::RealTimeOutput>(record, 44100));
    MainWindow window(workspace);
    window.resize(1280, 720);
    window.show();
    (void)QTest::qWaitForWindowActive(&window);
    workspace.project().open(argv[1]);
    for (int i = 0; i < 400 && workspace.view().rows.empty(); ++i)
        rest(25);
    if (workspace.view().rows.empty()) {
        std::fputs("the project has no clips\n", stderr);
        return 1;
    }
    QTemporaryDir folder;
    TrainPlan plan{.base = argv[2], .out = folder.filePath("run").toStdString()};
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, const char*>>{{"num_train_epochs", "1000"}, {"logging_steps", "5"}, {"max_length_seconds", "5"}})
        (void)plan.recipe.set(key, value);
    const auto training = std::make_shared<TrainSession>(workspace.project(), plan);
    workspace.queue().enqueue(training);
    for (int i = 0; i < 4000 && training->steps().empty() && !training->isOver(); ++i)
        rest(25);
    if (training->steps().empty()) {
        std::fprintf(stderr, "nothing trains: %s\n", training->error() ? training->error()->message.c_str() : "no step came");
        return 1;
    }
    workspace.setCurrentClip(workspace.view().rows.front().id);

    Clicking clicking(window, workspace);
    QElapsedTimer clock;
    clock.start();
    std::uint64_t starved = 0;
    for (int round = 0; !clock.hasExpired(seconds * 1000); ++round)
        for (const auto id : {Workspace::PageId::data, Workspace::PageId::label, Workspace::PageId::train, Workspace::PageId::test, Workspace::PageId::predict}) {
            clicking.page(id, round);
            starved = workspace.transport().starved();
        }
    std::printf("%d s of clicking, %zu steps trained meanwhile, %.2f a second; memory %lld MB\n", seconds, training->steps().size(), training->stepsPerSecond(),
                static_cast<long long>(processMemory() >> 20));
    clicking.print();
    std::printf("samples that the sound device wanted in vain: %llu of %zu\n", static_cast<unsigned long long>(starved), record->taken().size());
    const auto run = training->runId();
    training->stop();
    for (int i = 0; i < 4000 && !training->isOver(); ++i)
        rest(25);
    if (run)
        workspace.project().deleteRun(*run);
    rest(500);
    return 0;
}
