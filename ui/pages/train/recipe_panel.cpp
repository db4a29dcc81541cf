#include "ui/pages/train/recipe_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/compute/problem_type.h"
#include "ui/models/error_text.h"
#include "ui/models/recipe_strings.h"
#include "ui/models/text.h"
#include "ui/pages/train/base_card.h"
#include "ui/pages/train/base_chooser.h"
#include "ui/pages/train/estimate_line.h"
#include "ui/pages/train/settings_list.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wheel_guard.h"

namespace earmark
{

namespace
{

constexpr auto baseKey = "train/base";
constexpr auto usualBase = "scratch:ast-tiny";

QLabel* wrapped(const char* property = nullptr)
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    if (property)
        label->setProperty(property, true);
    return label;
}

} // namespace

RecipePanel::RecipePanel(Workspace& workspace, BaseModelList& bases, RecipeModel& recipe, QWidget* parent)
    : QWidget(parent), workspace_(workspace), bases_(bases), recipe_(recipe), data_(new DataChoice(workspace))
{
    setObjectName("recipePanel");
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(4 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit);
    column->setSpacing(5 * spaceUnit);
    addSection(column, tr("Base model"))->addWidget(makeBaseCard());
    addSection(column, tr("Clips"))->addWidget(data_);
    addSection(column, tr("Settings"))->addWidget(makeSettings());
    column->addStretch();
    area_ = new QScrollArea;
    area_->setObjectName("recipeArea");
    area_->setAccessibleName(tr("What is trained, and how"));
    area_->setWidgetResizable(true);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area_->setWidget(content);
    connect(area_->verticalScrollBar(), &QScrollBar::rangeChanged, this, &RecipePanel::showListAtTop);
    area_->setMinimumWidth(content->minimumSizeHint().width() + area_->verticalScrollBar()->sizeHint().width());
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(area_, 1);
    all->addWidget(makeFoot());

    base_ = workspace_.settings().value(baseKey, QByteArray(usualBase)).toByteArray().toStdString();
    connect(&bases_, &BaseModelList::loaded, this, [this] {
        const bool isGone = !bases_.isLoading() && !bases_.find(base_); // its folder, perhaps
        chooseBase(isGone ? usualBase : base_);
    });
    connect(data_, &DataChoice::changed, this, [this] {
        recipe_.setHasValidation(!data_->validationSplit().empty());
        planChanged();
    });
    connect(&recipe_, &RecipeModel::settingChanged, this, &RecipePanel::planChanged);
    connect(&recipe_, &RecipeModel::allChanged, this, &RecipePanel::showPreset);
    connect(&workspace_.project(), &ProjectSession::opened, this, &RecipePanel::showFoot);
    connect(&workspace_.project(), &ProjectSession::closed, this, &RecipePanel::showFoot);
    recipe_.setHasValidation(!data_->validationSplit().empty());
    showBase();
    showPreset();
}

QVBoxLayout* RecipePanel::addSection(QVBoxLayout* column, const QString& title)
{
    auto* section = new QVBoxLayout;
    section->setSpacing(2 * spaceUnit);
    auto* heading = new QLabel(title);
    heading->setProperty("heading", true);
    section->addWidget(heading);
    column->addLayout(section);
    return section;
}

void RecipePanel::entered()
{
    bases_.load();
    data_->renew();
}

// ---- base model ---------------------------------------------------------------------------------------------------------

QWidget* RecipePanel::makeBaseCard()
{
    auto* card = new QFrame;
    card->setProperty("card", true);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(3 * spaceUnit, 3 * spaceUnit, 3 * spaceUnit, 3 * spaceUnit);
    column->setSpacing(spaceUnit);
    baseTitle_ = wrapped("heading");
    baseTitle_->setObjectName("chosenBase");
    baseFacts_ = wrapped();
    baseRemark_ = wrapped("muted");
    auto* choose = new QPushButton(tr("Choose another…"));
    choose->setObjectName("chooseBase");
    for (QLabel* label : {baseTitle_, baseFacts_, baseRemark_})
        column->addWidget(label);
    column->addSpacing(spaceUnit);
    column->addWidget(choose, 0, Qt::AlignLeft);
    connect(choose, &QPushButton::clicked, this, &RecipePanel::chooseBaseDialog);
    return card;
}

void RecipePanel::chooseBaseDialog()
{
    auto* dialog = new BaseChooser(bases_, base_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { chooseBase(dialog->chosen()); });
    dialog->open();
}

void RecipePanel::chooseBase(const std::string& base)
{
    base_ = base;
    if (const BaseModel* model = bases_.find(base)) {
        auto defaults = model->settings;
        if (problemTypeNamed(model->card.problemType) != ProblemType::singleLabel)
            defaults.insert_or_assign("problem_type", model->card.problemType); // what the run learns where nothing else is chosen
        recipe_.setBase(std::move(defaults), model->kind == BaseModel::Kind::preset);
        workspace_.settings().setValue(baseKey, QByteArray::fromStdString(base));
    }
    showBase();
    planChanged();
}

void RecipePanel::showBase()
{
    const BaseModel* model = bases_.find(base_);
    baseFacts_->setVisible(model);
    baseRemark_->setVisible(model || bases_.error());
    if (model) {
        baseTitle_->setText(baseTitle(*model));
        baseFacts_->setText(baseFacts(*model));
        baseRemark_->setText(baseRemark(*model));
    } else if (bases_.error()) {
        baseTitle_->setText(tr("Nothing can be trained here yet"));
        baseRemark_->setText(errorText(*bases_.error()));
    } else {
        baseTitle_->setText(bases_.isLoading() || bases_.models().empty() ? tr("Looking for models…") : tr("No model is chosen"));
    }
}

// ---- settings -----------------------------------------------------------------------------------------------------------

QWidget* RecipePanel::makeSettings()
{
    auto* settings = new QWidget;
    auto* column = new QVBoxLayout(settings);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * spaceUnit);
    presets_ = new QComboBox;
    presets_->setObjectName("recipePreset");
    presets_->setAccessibleName(tr("Preset of settings"));
    presets_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    WheelGuard::protect(*presets_);
    presetExplanation_ = wrapped("muted");
    column->addWidget(presets_);
    column->addWidget(presetExplanation_);
    for (const Setting& setting : earmark::settings())
        if (setting.common)
            column->addWidget(new SettingEditor(setting, recipe_));
    allSettings_ = new QPushButton(tr("All settings"));
    allSettings_->setObjectName("allSettings");
    allSettings_->setCheckable(true);
    allSettings_->setIcon(Theme::instance().icon("settings"));
    resetAll_ = new QPushButton;
    resetAll_->setObjectName("resetAll");
    resetAll_->setProperty("plain", true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(allSettings_);
    buttons->addStretch();
    buttons->addWidget(resetAll_);
    column->addLayout(buttons);
    list_ = new SettingsList(recipe_);
    list_->hide();
    column->addWidget(list_);
    connect(allSettings_, &QPushButton::toggled, this, [this](bool on) {
        listGoesToTop_ = on;
        list_->setVisible(on);
    });
    connect(resetAll_, &QPushButton::clicked, &recipe_, &RecipeModel::resetAll);
    connect(presets_, &QComboBox::activated, this, [this] { recipe_.choosePreset(bytesOf(presets_->currentData().toString())); });
    return settings;
}

/// It opens below what is seen, and grows in steps.
void RecipePanel::showListAtTop()
{
    if (!listGoesToTop_)
        return;
    listGoesToTop_ = !list_->isComplete();
    area_->verticalScrollBar()->setValue(allSettings_->mapTo(area_->widget(), QPoint()).y() - 2 * spaceUnit);
}

void RecipePanel::fillPresets()
{
    const QSignalBlocker blocker(presets_);
    presets_->clear();
    for (const RecipePreset& preset : RecipeModel::presets())
        if (preset.forUntrained || !recipe_.isBaseUntrained()) {
            presets_->addItem(preset.name, shown(std::string(preset.id)));
            presets_->setItemData(presets_->count() - 1, preset.explanation, Qt::ToolTipRole);
        }
    presets_->setCurrentIndex(presets_->findData(shown(recipe_.preset())));
}

void RecipePanel::showPreset()
{
    fillPresets();
    presetExplanation_->setText(presets_->currentData(Qt::ToolTipRole).toString());
    planChanged();
}

bool RecipePanel::halveBatch()
{
    const std::int64_t batch = recipe_.recipe().integer("per_device_train_batch_size");
    if (batch <= 1)
        return false;
    setBatch(batch / 2, recipe_.recipe().integer("gradient_accumulation_steps") * 2);
    return true;
}

void RecipePanel::setBatch(std::int64_t clips, std::int64_t accumulation)
{
    recipe_.set("per_device_train_batch_size", std::to_string(clips));
    recipe_.set("gradient_accumulation_steps", std::to_string(accumulation));
}

// ---- the start ----------------------------------------------------------------------------------------------------------

QWidget* RecipePanel::makeFoot()
{
    auto* foot = new QFrame;
    foot->setObjectName("recipeFoot");
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    column->setSpacing(2 * spaceUnit);
    length_ = wrapped("muted");
    length_->setObjectName("trainLength");
    estimate_ = new EstimateLine(workspace_, recipe_, [this] { return plan(); });
    reason_ = wrapped();
    reason_->setObjectName("whyNot");
    showWrong_ = new QPushButton(tr("Show it"));
    showWrong_->setObjectName("showWrong");
    name_ = new QLineEdit;
    name_->setObjectName("runName");
    name_->setPlaceholderText(tr("Name of the run (optional)"));
    name_->setAccessibleName(tr("Name of the run"));
    start_ = new QPushButton(tr("Start training"));
    start_->setObjectName("startTraining");
    start_->setProperty("primary", true);
    start_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    start_->setToolTip(tr("Starts now, or when the networks are free (%1)").arg(start_->shortcut().toString(QKeySequence::NativeText)));
    column->addWidget(length_);
    column->addWidget(estimate_);
    auto* wrong = new QHBoxLayout;
    wrong->addWidget(reason_, 1);
    wrong->addWidget(showWrong_);
    column->addLayout(wrong);
    column->addWidget(name_);
    column->addWidget(start_);
    connect(start_, &QPushButton::clicked, this, [this] {
        Q_EMIT startAsked();
        name_->clear();
    });
    connect(showWrong_, &QPushButton::clicked, this, &RecipePanel::showWrongSetting);
    connect(estimate_, &EstimateLine::remedyAsked, this, &RecipePanel::setBatch);
    return foot;
}

QString RecipePanel::whyNot() const
{
    if (workspace_.project().state() != ProjectSession::State::open)
        return tr("Open a project to train a model on its clips.");
    if (!data_->hasSplit())
        return tr("The clips are not divided yet.");
    if (data_->trainable() == 0 && recipe_.problem() == ProblemType::regression)
        return tr("No clip of the training split has a number. Import a table that has some.");
    if (data_->trainable() == 0)
        return data_->regions() ? tr("There are no labelled regions in the training split. Mark some on the Label page.")
                                : tr("No clip of the training split has a label. Label some on the Label page.");
    const BaseModel* model = bases_.find(base_);
    if (!model)
        return bases_.isLoading() ? QString() : tr("Choose a base model.");
    if (!model->isKnown)
        return tr("Models of this family cannot be trained. Choose another one.");
    const Setting* wrong = recipe_.firstWrong();
    return wrong ? tr("“%1” is not right yet.").arg(recipeText(wrong->title)) : QString();
}

void RecipePanel::showWrongSetting()
{
    const Setting* wrong = recipe_.firstWrong();
    if (!wrong)
        return;
    if (!wrong->common) {
        allSettings_->setChecked(true);
        list_->clearSearch();
        listGoesToTop_ = false;
    }
    if (auto* editor = findChild<QWidget*>("setting_" + shown(std::string(wrong->key)))) {
        area_->ensureWidgetVisible(editor);
        findChild<QWidget*>(shown(std::string(wrong->key)))->setFocus();
    }
}

void RecipePanel::planChanged()
{
    if (!start_)
        return; // the panel is being built
    data_->setLearnsNumbers(recipe_.problem() == ProblemType::regression);
    if (std::string counts = whatCounts(); counts != estimated_) { // lists that are read again change nothing of what was measured
        estimated_ = std::move(counts);
        estimate_->forget();
    }
    showFoot();
}

void RecipePanel::showFoot()
{
    if (!start_)
        return;
    const QLocale locale;
    const RecipeModel::Length length = recipe_.lengthOver(data_->trainable());
    length_->setVisible(length.steps > 0);
    length_->setText(tr("Steps: %1, %2 an epoch. Clips in each step: %3.")
                         .arg(locale.toString(static_cast<qlonglong>(length.steps)), locale.toString(static_cast<qlonglong>(length.stepsPerEpoch)),
                              locale.toString(static_cast<qlonglong>(recipe_.recipe().integer("per_device_train_batch_size") *
                                                                     std::max<std::int64_t>(1, recipe_.recipe().integer("gradient_accumulation_steps"))))));
    const QString reason = whyNot();
    reason_->setText(reason);
    reason_->setVisible(!reason.isEmpty());
    showWrong_->setVisible(recipe_.hasErrors());
    const bool possible = reason.isEmpty() && bases_.find(base_);
    start_->setEnabled(possible);
    estimate_->setPossible(possible);
    const int changes = recipe_.changes();
    resetAll_->setVisible(changes > 0);
    resetAll_->setText(tr("Take back %n changes", nullptr, changes));
}

std::string RecipePanel::whatCounts() const
{
    const TrainPlan now = plan();
    std::string text = now.recipe.toJson();
    for (const std::string& part : {now.base, now.trainSplit, now.validationSplit, std::to_string(now.regions), std::to_string(data_->trainable())})
        text += '\n' + part;
    return text;
}

TrainPlan RecipePanel::plan() const
{
    const BaseModel* model = bases_.find(base_);
    return {.base = base_,
            .baseName = model && model->kind == BaseModel::Kind::cached ? model->title : std::string(),
            .name = bytesOf(name_->text().trimmed()),
            .recipe = recipe_.chosen(),
            .trainSplit = data_->trainSplit(),
            .validationSplit = data_->validationSplit(),
            .testSplit = data_->testSplit(),
            .regions = data_->regions(),
            .options = workspace_.settings().computeOptions()};
}

} // namespace earmark
