// How to import what was dropped or chosen: the format, which column means what, groups out of the path; with a look at what would come of it, read on
// a thread as the choices are made. Thread: the window's.
#pragma once

#include <QDialog>
#include <QTimer>

#include <string>
#include <utility>
#include <vector>

#include "engine/dataset/import_preview.h"
#include "ui/models/latest_job.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QTreeWidget;

namespace earmark
{

class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ImportDialog(std::vector<std::string> sources, QWidget* parent = nullptr);

    const std::vector<std::string>& sources() const { return sources_; }
    ImportOptions options() const;

private:
    void makeForm(QFormLayout& form);
    void addColumn(QFormLayout& form, const char* name, const QString& text, std::string ImportOptions::*column);
    void addNumberColumns(QFormLayout& form);
    void showNumberColumns();
    void look();
    void take(Result<ImportPreview> preview);
    void showPreview(const ImportPreview& preview);
    void fillColumns(const ImportPreview& preview);

    struct Column {
        QComboBox* box;
        std::string ImportOptions::*option;
    };

    const std::vector<std::string> sources_;
    QFormLayout* form_;
    QComboBox* format_;
    std::vector<Column> columns_;
    QToolButton* numbers_; ///< its menu has the columns, those with numbers to learn ticked
    std::vector<std::string> known_; ///< the columns that the boxes offer
    QLineEdit* separator_;
    QLineEdit* pattern_;
    QLabel* said_; ///< what would come, or what is wrong
    QTreeWidget* rows_;
    QPushButton* import_;
    QTimer soon_;
    LatestJob job_;
};

} // namespace earmark
