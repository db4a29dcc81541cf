// The left of the Train page: base model, what it learns from, settings, and the start. Thread: the window's.
#pragma once

#include <QWidget>

#include "engine/bridge/train_session.h"
#include "ui/models/base_model_list.h"
#include "ui/models/recipe_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/train/data_choice.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace earmark
{

class EstimateLine;
class SettingsList;

class RecipePanel : public QWidget
{
    Q_OBJECT

public:
    RecipePanel(Workspace& workspace, BaseModelList& bases, RecipeModel& recipe, QWidget* parent = nullptr);

    /// The page is looked at: models are looked for, clips are counted.
    void entered();
    TrainPlan plan() const;
    const std::string& base() const { return base_; }
    void chooseBase(const std::string& base);
    /// Half the batch, twice the accumulation: the same mathematics in less memory. False where the batch is one clip already.
    bool halveBatch();

Q_SIGNALS:
    void startAsked();

private:
    QWidget* makeBaseCard();
    QWidget* makeSettings();
    QWidget* makeFoot();
    QVBoxLayout* addSection(QVBoxLayout* column, const QString& title);
    void chooseBaseDialog();
    void showBase();
    void setBatch(std::int64_t clips, std::int64_t accumulation);
    void showListAtTop();
    void fillPresets();
    void showPreset();
    void showWrongSetting();
    void planChanged(); ///< what was estimated may no longer hold
    std::string whatCounts() const; ///< all of the plan that time and memory depend on
    void showFoot();
    QString whyNot() const; ///< why the training cannot start; "" where it can

    Workspace& workspace_;
    BaseModelList& bases_;
    RecipeModel& recipe_;
    std::string base_;
    DataChoice* data_;
    QScrollArea* area_ = nullptr;
    QLabel* baseTitle_ = nullptr;
    QLabel* baseFacts_ = nullptr;
    QLabel* baseRemark_ = nullptr;
    QComboBox* presets_ = nullptr;
    QLabel* presetExplanation_ = nullptr;
    QPushButton* resetAll_ = nullptr;
    QPushButton* allSettings_ = nullptr;
    SettingsList* list_ = nullptr;
    bool listGoesToTop_ = false; ///< it has just been opened
    QLineEdit* name_ = nullptr;
    QLabel* length_ = nullptr;
    EstimateLine* estimate_ = nullptr;
    std::string estimated_; ///< whatCounts() of the plan that an estimate speaks of
    QLabel* reason_ = nullptr;
    QPushButton* showWrong_ = nullptr;
    QPushButton* start_ = nullptr;
};

} // namespace earmark
