// The label set: names, colours, keys, order, all given to the project together when the dialog is accepted. Merging and deleting say how many clips they
// concern, and are done at once. Everything can be undone. Thread: the window's.
#pragma once

#include <QDialog>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ui/models/workspace.h"

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace earmark
{

class LabelSetDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LabelSetDialog(Workspace& workspace, QWidget* parent = nullptr);

    std::vector<LabelClass> labels() const; ///< as they stand in the dialog
    void accept() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeButtons();
    QTreeWidgetItem* append(const LabelClass& label);
    QTreeWidgetItem* current() const;
    std::optional<LabelClass> storedOf(const QTreeWidgetItem& item) const;
    void add();
    void move(int rows);
    void chooseColour();
    void merge();
    void remove();
    void removeFromClips(const LabelClass& label);
    void follow(); ///< labels that the project no longer has leave the list
    void countClips();
    void showCounts();
    void check();

    Workspace& workspace_;
    QTreeWidget* list_;
    QLabel* problem_;
    QPushButton* colour_ = nullptr;
    QPushButton* merge_ = nullptr;
    QPushButton* remove_ = nullptr;
    QPushButton* up_ = nullptr;
    QPushButton* down_ = nullptr;
    QPushButton* ok_ = nullptr;
    std::map<std::int64_t, int> clips_;         ///< a label, that have it as a whole
    std::map<std::string, int> clipsByRegion_; ///< a label, that have it on a region only
};

} // namespace earmark
