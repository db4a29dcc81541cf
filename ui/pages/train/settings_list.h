// All settings but the common ones, by section, behind a search by name, alias and explanation. Thread: the window's. Its rows are made, a section at a
// time, when it is first shown.
#pragma once

#include <QTimer>
#include <QWidget>

#include <vector>

#include "ui/pages/train/setting_editor.h"

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace earmark
{

class SettingsList : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsList(RecipeModel& recipe, QWidget* parent = nullptr);

    void clearSearch(); ///< all of them are shown again
    bool isComplete() const { return nextSection_ >= sections_.size(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Section {
        QLabel* heading;
        std::vector<SettingEditor*> editors;
    };

    void makeNextSection();
    void filter();

    RecipeModel& recipe_;
    QLineEdit* search_;
    QLabel* nothing_;
    QVBoxLayout* rows_;
    std::vector<std::string_view> sections_;
    std::size_t nextSection_ = 0;
    std::vector<Section> made_;
    QTimer next_;
};

} // namespace earmark
