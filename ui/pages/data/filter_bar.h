// What the table shows, above it: search, split, state, what the shown run says, a list that another page sent; and how many clips that are.
// Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/clip_table_model.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace earmark
{

class FilterBar : public QWidget
{
    Q_OBJECT

public:
    FilterBar(Workspace& workspace, ClipTableModel& clips, QWidget* parent = nullptr);

    void showOnly(std::vector<ClipId> clips, const QString& title); ///< instead of all other filters
    void focusSearch();

Q_SIGNALS:
    void importFolderAsked();
    void importFilesAsked();
    void divideAsked();

private:
    QComboBox* addCombo(QHBoxLayout& row, const char* name, const QString& accessibleName);
    void addDivide(QHBoxLayout& row);
    void addImport(QHBoxLayout& row);
    void fillStates();
    void fillSplits();
    void fillRuns();
    void fillOpinions();
    void follow();
    void count();
    template <class Change> void change(Change change);

    Workspace& workspace_;
    ClipTableModel& clips_;
    QLineEdit* search_;
    QTimer* typed_;
    QComboBox* split_;
    QComboBox* state_;
    QComboBox* run_;
    QComboBox* opinion_;
    QPushButton* listed_;
    QLabel* count_;
    QString title_; ///< of what another page sent
};

} // namespace earmark
