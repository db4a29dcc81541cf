// From what was dropped or chosen to clips in the project: makes a project beside the source where none is open, asks how, imports, and says what came
// of it. Thread: the window's.
#pragma once

#include <QObject>
#include <QStringList>

#include "engine/dataset/import.h"
#include "ui/models/workspace.h"

class QWidget;

namespace earmark
{

class ImportFlow : public QObject
{
    Q_OBJECT

public:
    ImportFlow(Workspace& workspace, QWidget* page);

    void askFolder();
    void askFiles();
    void take(const QStringList& paths);

private:
    QString startFolder() const;
    void makeProject();
    void ask();
    void start(std::vector<std::string> sources, ImportOptions options);
    void tell(const ImportReport& report);

    Workspace& workspace_;
    QWidget* page_;
    QStringList waiting_; ///< until a project is open
};

} // namespace earmark
