// Pictures of the pages, light and dark, from a project with real content; packaging/screenshots runs it in both languages and at two scales.
//
//   screenshots PROJECT FOLDER [SUFFIX]
//
// The latest run of the project, where it has one, is looked at on the Train page, tested on the Test page, and hears some clips on the Predict page; that
// needs the networks' module and takes a while the first time.
//
// Writes FOLDER/PAGE-THEME[-SUFFIX].png, 1280×720 points each. The language is $EARMARK_LANGUAGE's, the scale $QT_SCALE_FACTOR's.
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QMetaEnum>
#include <QMimeData>
#include <QPushButton>

#include <cstdio>
#include <functional>

#include "ui/shell/languages.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

/// Lets the window work for a while: pictures of sounds come by themselves.
void letWork(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
}

bool waitUntilOpen(Workspace& workspace)
{
    for (int i = 0; i < 400 && workspace.project().state() != ProjectSession::State::open; ++i)
        letWork(25);
    return workspace.project().state() == ProjectSession::State::open;
}

template <typename T>
T& named(QWidget& window, const char* name)
{
    if (auto* widget = window.findChild<T*>(name))
        return *widget;
    std::fprintf(stderr, "there is no %s\n", name);
    std::exit(1);
}

void waitWhile(const std::function<bool()>& busy)
{
    for (int i = 0; i < 2400 && busy(); ++i)
        letWork(50);
}

void choose(QComboBox& box, int index)
{
    box.setCurrentIndex(index);
    Q_EMIT box.activated(index);
}

void showLatestRun(MainWindow& window)
{
    auto& runs = named<QAbstractItemView>(window, "runsTable");
    runs.setCurrentIndex(runs.model()->index(0, 0));
    named<QPushButton>(window, "showCurves").click();
}

/// The latest run on the test split, by its own report where it has one, and the first of the clips that are listed.
void testLatestRun(MainWindow& window, const Workspace& workspace)
{
    choose(named<QComboBox>(window, "testModel"), 0);
    const auto& splits = workspace.view().splits;
    for (std::size_t i = 0; i < splits.size(); ++i)
        if (splits[i].name == "test")
            choose(named<QComboBox>(window, "testData"), static_cast<int>(i));
    letWork(500);
    auto& tests = named<QPushButton>(window, "testStart");
    if (auto* matrix = window.findChild<QWidget*>("confusionMatrix"); !matrix || !matrix->isVisible())
        tests.click();
    auto& stop = named<QPushButton>(window, "testStop");
    waitWhile([&] { return stop.isVisible(); });
    letWork(500);
    auto& clips = named<QAbstractItemView>(window, "testClipTable");
    if (clips.model()->rowCount() > 0)
        clips.setCurrentIndex(clips.model()->index(0, 0));
}

/// A dozen clips of the project as if they were files from elsewhere.
void hearSomeClips(MainWindow& window, const Workspace& workspace)
{
    QList<QUrl> files;
    const auto& rows = workspace.view().rows;
    for (std::size_t i = 0; i < 12 && !rows.empty(); ++i)
        files.append(QUrl::fromLocalFile(QFile::decodeName(rows[(2 * i + 1) * rows.size() / 24].audio.source.path.c_str())));
    QMimeData data;
    data.setUrls(files);
    auto& page = named<QWidget>(window, "predictPage");
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&page, &enter);
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&page, &drop);
    auto& stop = named<QPushButton>(page, "stop");
    letWork(500);
    waitWhile([&] { return stop.isVisible(); });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", qEnvironmentVariable("QT_QPA_PLATFORM", "offscreen").toUtf8());
    QApplication application(argc, argv);
    if (argc < 3) {
        std::fputs("screenshots PROJECT FOLDER [SUFFIX]\n", stderr);
        return 2;
    }
    const QString folder = QFile::decodeName(argv[2]);
    const QString suffix = argc > 3 ? '-' + QString(argv[3]) : QString();
    QDir().mkpath(folder);
    QApplication::setApplicationVersion("0.1.0");
    installLanguage({});
    Theme::instance().apply(Theme::Choice::light);
    Workspace workspace;
    MainWindow window(workspace);
    window.show();
    letWork(100);
    window.setWindowState(Qt::WindowNoState); // maximised, where the screen is as small as the one that is not there
    window.resize(1280, 720);
    letWork(200);
    if (window.size() != QSize(1280, 720)) {
        std::fprintf(stderr, "the window is %d×%d\n", window.width(), window.height());
        return 1;
    }
    const auto save = [&](const QString& name) {
        const QString file = folder + '/' + name + suffix + ".png";
        if (!window.grab().save(file))
            std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
    };
    for (const auto& [choice, name] : {std::pair(Theme::Choice::light, "light"), std::pair(Theme::Choice::dark, "dark")}) {
        Theme::instance().apply(choice);
        letWork(200);
        save(QString("welcome-") + name);
    }

    workspace.project().open(argv[1]);
    if (!waitUntilOpen(workspace)) {
        std::fprintf(stderr, "cannot open %s\n", argv[1]);
        return 1;
    }
    letWork(1000);
    const auto& rows = workspace.view().rows;
    if (!rows.empty())
        workspace.setCurrentClip(rows[rows.size() / 3].id);
    const bool hasRun = !workspace.view().runs.empty();
    bool firstTime = true;
    const auto pages = QMetaEnum::fromType<Workspace::PageId>();
    for (const auto& [choice, theme] : {std::pair(Theme::Choice::light, "light"), std::pair(Theme::Choice::dark, "dark")}) {
        Theme::instance().apply(choice);
        for (int page = 0; page < pages.keyCount(); ++page) {
            const auto id = static_cast<Workspace::PageId>(pages.value(page));
            window.showPage(id);
            letWork(1000);
            if (firstTime && id == Workspace::PageId::train && hasRun)
                showLatestRun(window);
            if (firstTime && id == Workspace::PageId::test && hasRun)
                testLatestRun(window, workspace);
            if (firstTime && id == Workspace::PageId::predict && hasRun)
                hearSomeClips(window, workspace);
            letWork(1000);
            save(QString("%1-%2").arg(pages.key(page), theme));
        }
        firstTime = false;
    }
    return 0;
}
