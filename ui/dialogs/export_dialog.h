// Labels and clips out of the project: which format, and the folder to make. Thread: the window's.
#pragma once

#include <QDialog>

#include "engine/dataset/export.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace earmark
{

class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// `suggestion` is a folder that does not exist yet.
    explicit ExportDialog(const QString& suggestion, QWidget* parent = nullptr);

    ExportOptions options() const;

private:
    void browse();
    void showFormat();

    QComboBox* format_;
    QLabel* explanation_;
    QLineEdit* folder_;
    QCheckBox* regions_;
    QCheckBox* overwrite_;
    QPushButton* export_;
};

} // namespace earmark
