// Making, opening and closing projects, and going on where one left off; asks what must be asked. Thread: the window's.
#pragma once

#include <QObject>
#include <QStringList>

#include "ui/models/workspace.h"

class QWidget;

namespace earmark
{

class ProjectFiles : public QObject
{
    Q_OBJECT

public:
    ProjectFiles(Workspace& workspace, QWidget* window);

    void askNew(const QString& proposed = {}); ///< where the new project is to lie; `proposed` without the suffix
    void askOpen(); ///< which one
    void open(const std::string& path);
    void create(const std::string& path);
    void askSaveCopy(); ///< where a copy of the open project is to lie; it is opened where the project itself cannot be changed
    void close();
    void openLast(); ///< the one that was open when the window was closed last, where it is still there
    void makeDemo(); ///< opens the demo project, after making it where it was never made

    /// Projects among them are opened, everything else is imported: into the open project, or into a new one that is asked for.
    void take(const QStringList& paths);
    void askImportFiles();
    void askImportFolder();

private:
    bool mayLeave(); ///< no job goes on in the open project, or the user lets it be stopped
    QString askNewFile(const QString& title, const QString& proposed);
    void saveCopy(const std::string& path);
    void importWhenOpen(const QStringList& paths);
    void opened();
    void openFailed(const Error& error);
    QString startFolder() const;

    Workspace& workspace_;
    QWidget* window_;
    std::string wanted_;       ///< being opened
    QStringList waiting_;      ///< to be imported once it is open
};

} // namespace earmark
