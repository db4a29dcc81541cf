// The clips that something on the page led to, or one of the usual lists: name, label, what the model says, how sure it is. Selecting one puts it into
// the player; the keys of the labels correct it. Thread: the window's.
#pragma once

#include <QColor>
#include <QWidget>

#include <optional>

#include "ui/models/tested_clips.h"
#include "ui/models/workspace.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace earmark
{

class ClipList : public QWidget
{
    Q_OBJECT

public:
    enum class List { sureButWrong, wrong, all };

    explicit ClipList(Workspace& workspace, QWidget* parent = nullptr);

    void setResult(std::shared_ptr<const TestResult> result); ///< a new one: begins with what is wrong and sure; the same clips: keeps the list
    void show(std::vector<std::size_t> places, const QString& title);
    using QWidget::show;
    /// The first of them comes into the player, too.
    void showAndLoad(std::vector<std::size_t> places, const QString& title);
    std::optional<ClipId> current() const; ///< which row is chosen
    void select(std::size_t place);
    void next(); ///< the row below, where there is one
    TestedClips& model() { return model_; }

Q_SIGNALS:
    void selected(std::size_t place);

private:
    void showList(List list);
    void fill(std::vector<std::size_t> places, const QString& title);
    void load(int row);
    std::optional<QColor> colourOf(const QModelIndex& index) const;
    void showInData();

    Workspace& workspace_;
    std::shared_ptr<const TestResult> result_;
    TestedClips model_;
    QString title_;
    QComboBox* lists_;
    QLabel* heading_;
    QLabel* empty_;
    QPushButton* showInData_;
    QTableView* table_;
};

} // namespace earmark
