#include <QApplication>
#include <QTimer>

#include "ui/models/workspace.h"
#include "ui/playback/audio_output.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName("Earmark");
    QApplication::setOrganizationDomain("earmark.org");
    QApplication::setApplicationName("Earmark");
    QApplication::setDesktopFileName("org.earmark.Earmark");
    QApplication::setApplicationVersion(EARMARK_VERSION);
    earmark::Theme::instance().apply(earmark::Theme::Choice::system);
    earmark::Workspace workspace;
    earmark::MainWindow window(workspace);
    window.show();
    QTimer::singleShot(0, &workspace, [&workspace] { earmark::playThroughDefaultDevice(workspace.transport()); }); // looking for it takes a moment
    return QApplication::exec();
}
