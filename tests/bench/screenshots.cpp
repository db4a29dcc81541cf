// Pictures of the pages, light and dark, from a project with real content; packaging/screenshots runs it in both languages and at two scales.
//
//   screenshots PROJECT FOLDER [SUFFIX]
//
// Writes FOLDER/PAGE-THEME[-SUFFIX].png, 1280×720 points each. The language is $EARMARK_LANGUAGE's, the scale $QT_SCALE_FACTOR's.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QMetaEnum>

#include <cstdio>

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
    window.resize(1280, 720);
    window.show();
    letWork(300);
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
    const auto pages = QMetaEnum::fromType<Workspace::PageId>();
    for (const auto& [choice, theme] : {std::pair(Theme::Choice::light, "light"), std::pair(Theme::Choice::dark, "dark")}) {
        Theme::instance().apply(choice);
        for (int page = 0; page < pages.keyCount(); ++page) {
            window.showPage(static_cast<Workspace::PageId>(pages.value(page)));
            letWork(1500);
            save(QString("%1-%2").arg(pages.key(page), theme));
        }
    }
    return 0;
}
