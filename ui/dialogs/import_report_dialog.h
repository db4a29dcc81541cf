// What came of an import: the files that could not be read, each with its reason, those whose content was there already, and remarks; to be copied
// or saved as a table. Thread: the window's.
#pragma once

#include <QDialog>

#include "engine/dataset/import.h"

class QTabWidget;

namespace earmark
{

class ImportReportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ImportReportDialog(const ImportReport& report, QWidget* parent = nullptr);

    /// There is more to say than how many clips came.
    static bool isWorthShowing(const ImportReport& report) { return !report.broken.empty() || !report.duplicates.empty(); }
    QString csv() const; ///< of the list that is shown

private:
    void addList(const QString& name, const QString& title, const QStringList& columns, QList<QStringList> rows);
    void save();

    QTabWidget* tabs_;
};

} // namespace earmark
