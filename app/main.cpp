#include <QApplication>
#include <QTimer>

#include <cstdio>

#include "app/command_line.h"
#include "engine/bridge/picture_store.h"
#include "ui/models/workspace.h"
#include "ui/playback/audio_output.h"
#include "ui/playback/microphone.h"
#include "ui/shell/languages.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_files.h"
#include "ui/widgets/theme.h"

using namespace earmark;

namespace
{

Theme::Choice themeOf(const QString& name) { return name == "dark" ? Theme::Choice::dark : name == "light" ? Theme::Choice::light : Theme::Choice::system; }

} // namespace

int main(int argc, char** argv)
{
    const CommandLine line = readCommandLine(argc, argv);
    if (!line.answer.empty()) {
        std::fputs(line.answer.c_str(), line.status == 0 ? stdout : stderr);
        return line.status;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName("Earmark");
    QApplication::setDesktopFileName("org.earmark.Earmark");
    QApplication::setApplicationVersion(EARMARK_VERSION);

    Workspace workspace(nullptr, Settings::defaultFile());
    const Settings& settings = workspace.settings();
    PictureStore::user().setLimit(static_cast<std::uint64_t>(settings.cacheLimit()));
    installLanguage(settings.language());
    Theme::instance().apply(themeOf(settings.theme()));

    workspace.setRecorder(std::make_unique<Microphone>());
    MainWindow window(workspace);
    window.show();
    if (line.files.isEmpty())
        window.files().openLast();
    else
        window.files().take(line.files);
    QTimer::singleShot(0, &workspace, [&workspace] { playThroughDefaultDevice(workspace.transport()); }); // looking for it takes a moment
    return QApplication::exec();
}
