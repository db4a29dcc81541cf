#include "ui/shell/demo_session.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

/// Installed, it lies in the share folder; in a build folder, the source is three levels up.
QString scriptPath()
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString& place : {here + "/../share/earmark/make-demo", here + "/../../../packaging/make-demo"})
        if (QFileInfo(place).isExecutable())
            return QFileInfo(place).canonicalFilePath();
    return {};
}

} // namespace

DemoSession::DemoSession(QString folder, QObject* parent) : Session(Kind::other, tr("Demo project"), parent), folder_(std::move(folder)) {}

DemoSession::~DemoSession() { halt(); }

Result<bool> DemoSession::work(std::stop_token stop)
{
    const QString script = scriptPath();
    if (script.isEmpty())
        return failure("io.not_found", "The script that makes the demo project is not beside this Earmark. Run packaging/run in its source folder.");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(script, {folder_, QCoreApplication::applicationDirPath() + "/earmark-cli"});
    while (!process.waitForFinished(100)) {
        if (process.state() == QProcess::NotRunning)
            break;
        if (stop.stop_requested()) {
            process.terminate();
            process.waitForFinished(5000);
            return false;
        }
    }
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    const QStringList lines = QString::fromUtf8(process.readAll()).trimmed().split('\n');
    return failure("io.unreadable", "The demo project could not be made. " + bytesOf(lines.last()));
}

} // namespace earmark
