#include "ui/pages/train/setting_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/models/recipe_strings.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wheel_guard.h"

namespace earmark
{

namespace
{

QString keyOf(const Setting& setting) { return shown(std::string(setting.key)); }
bool canBeUnset(const Setting& setting) { return std::holds_alternative<std::monostate>(setting.initial); }
/// Numbers people write with few decimals; the others are written as 5e-5 and typed.
bool isPlainNumber(const Setting& setting) { return std::isfinite(setting.highest) && !setting.key.starts_with("adam_"); }

QString tooltipOf(const Setting& setting)
{
    QStringList names{keyOf(setting)};
    for (const std::string_view alias : setting.aliases)
        names << shown(std::string(alias));
    return SettingEditor::tr("In Hugging Face: %1").arg(names.join(", "));
}

/// 3 and 0.25, not 3.000 and 0.250.
class PlainSpinBox : public QDoubleSpinBox
{
public:
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 12); }
};

QString numberText(double value) { return QString::number(value, 'g', 12); }

} // namespace

SettingEditor::SettingEditor(const Setting& setting, RecipeModel& recipe, QWidget* parent)
    : QWidget(parent), setting_(setting), recipe_(recipe), error_(new QLabel), reset_(new QToolButton)
{
    setObjectName("setting_" + keyOf(setting));
    const QString title = recipeText(setting.title);
    auto* row = new QHBoxLayout;
    row->setSpacing(spaceUnit);
    field_ = makeField();
    field_->setObjectName(keyOf(setting));
    field_->setAccessibleName(title);
    field_->setAccessibleDescription(recipeText(setting.explanation));
    field_->setToolTip(tooltipOf(setting));
    WheelGuard::protect(*field_);
    if (auto* box = qobject_cast<QCheckBox*>(field_)) {
        box->setText(title);
        row->addWidget(box, 1);
    } else {
        auto* label = new QLabel(title);
        label->setBuddy(field_);
        label->setToolTip(tooltipOf(setting));
        label->setWordWrap(true);
        row->addWidget(label, 1);
        field_->setFixedWidth(132);
        row->addWidget(field_);
    }
    reset_->setIcon(Theme::instance().icon("undo"));
    reset_->setAutoRaise(true);
    reset_->setObjectName("reset_" + keyOf(setting));
    reset_->setAccessibleName(tr("Take back the change of %1").arg(title));
    reset_->setToolTip(tr("Changed: back to what the preset says"));
    auto hold = reset_->sizePolicy();
    hold.setRetainSizeWhenHidden(true);
    reset_->setSizePolicy(hold);
    row->addWidget(reset_);
    auto* explanation = new QLabel(recipeText(setting.explanation));
    explanation->setProperty("muted", true);
    explanation->setWordWrap(true);
    error_->setProperty("bad", true);
    error_->setWordWrap(true);
    error_->setObjectName("error_" + keyOf(setting));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit / 2);
    column->addLayout(row);
    column->addWidget(explanation);
    column->addWidget(error_);
    connect(reset_, &QToolButton::clicked, this, [this] {
        recipe_.reset(setting_.key);
        field_->setFocus();
    });
    connect(&recipe_, &RecipeModel::settingChanged, this, [this](const std::string& key) {
        if (key == setting_.key)
            refresh();
    });
    connect(&recipe_, &RecipeModel::allChanged, this, &SettingEditor::refresh);
    refresh();
}

bool SettingEditor::matches(const QStringList& words) const
{
    QString all = keyOf(setting_) + ' ' + recipeText(setting_.title) + ' ' + recipeText(setting_.explanation) + ' ' +
                  shown(std::string(setting_.title)) + ' ' + shown(std::string(setting_.explanation));
    for (const std::string_view alias : setting_.aliases)
        all += ' ' + shown(std::string(alias));
    return std::ranges::all_of(words, [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

void SettingEditor::take(const std::string& text)
{
    taking_ = true;
    recipe_.set(setting_.key, text);
    taking_ = false;
}

void SettingEditor::refresh()
{
    if (!taking_ && showValue_)
        showValue_();
    const Error* error = recipe_.error(setting_.key);
    error_->setVisible(error != nullptr);
    error_->setText(error ? settingErrorText(setting_) : QString());
    reset_->setVisible(recipe_.isChanged(setting_.key) || error);
    if (field_->property("invalid").toBool() != (error != nullptr)) {
        field_->setProperty("invalid", error != nullptr);
        field_->style()->unpolish(field_);
        field_->style()->polish(field_);
    }
}

// ---- fields -------------------------------------------------------------------------------------------------------------

QWidget* SettingEditor::makeField()
{
    using Choices = std::vector<std::pair<QString, std::string>>;
    switch (setting_.type) {
    case SettingType::boolean: {
        if (canBeUnset(setting_))
            return makeChoice(Choices{{tr("As the model"), "none"}, {tr("Yes"), "true"}, {tr("No"), "false"}});
        auto* box = new QCheckBox;
        connect(box, &QCheckBox::toggled, this, [this](bool on) { take(on ? "true" : "false"); });
        showValue_ = [this, box] {
            const QSignalBlocker blocker(box);
            box->setChecked(recipe_.recipe().boolean(setting_.key));
        };
        return box;
    }
    case SettingType::choice: {
        Choices choices;
        if (canBeUnset(setting_))
            choices.emplace_back(tr("As the model"), "none");
        for (const std::string_view choice : setting_.choices)
            choices.emplace_back(recipeText(choiceWords(choice)), choice);
        return makeChoice(choices);
    }
    case SettingType::integer: return canBeUnset(setting_) ? makeText() : makeWhole();
    case SettingType::number: return canBeUnset(setting_) || !isPlainNumber(setting_) ? makeText() : makeNumber();
    case SettingType::text: break;
    }
    return makeText();
}

QWidget* SettingEditor::makeChoice(const std::vector<std::pair<QString, std::string>>& choices)
{
    auto* box = new QComboBox;
    for (const auto& [words, value] : choices) {
        box->addItem(words, shown(value));
        box->setItemData(box->count() - 1, shown(value), Qt::ToolTipRole);
    }
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] { take(bytesOf(box->currentData().toString())); });
    showValue_ = [this, box] {
        const QSignalBlocker blocker(box);
        box->setCurrentIndex(box->findData(shown(recipe_.recipe().typed(setting_.key))));
    };
    return box;
}

QWidget* SettingEditor::makeWhole()
{
    auto* box = new QSpinBox;
    constexpr double most = 2147483647;
    box->setRange(static_cast<int>(std::max(setting_.lowest, -most)), static_cast<int>(std::min(setting_.highest, most)));
    if (setting_.lowest < 0)
        box->setSpecialValueText(tr("No limit"));
    connect(box, &QSpinBox::valueChanged, this, [this](int value) { take(std::to_string(value)); });
    showValue_ = [this, box] {
        const QSignalBlocker blocker(box);
        box->setValue(static_cast<int>(std::min<std::int64_t>(recipe_.recipe().integer(setting_.key), 2147483647)));
    };
    return box;
}

QWidget* SettingEditor::makeNumber()
{
    auto* box = new PlainSpinBox;
    box->setDecimals(3);
    box->setRange(setting_.lowest, setting_.highest);
    box->setSingleStep(setting_.highest <= 1 ? 0.05 : 1);
    connect(box, &QDoubleSpinBox::valueChanged, this, [this](double value) { take(bytesOf(numberText(value))); });
    showValue_ = [this, box] {
        const QSignalBlocker blocker(box);
        box->setValue(recipe_.recipe().number(setting_.key));
    };
    return box;
}

QWidget* SettingEditor::makeText()
{
    auto* edit = new QLineEdit;
    edit->setPlaceholderText(canBeUnset(setting_) ? tr("Not set") : QString());
    connect(edit, &QLineEdit::textEdited, this, [this](const QString& text) {
        const QString trimmed = text.trimmed();
        take(bytesOf(trimmed.isEmpty() && canBeUnset(setting_) ? "none" : trimmed));
    });
    connect(edit, &QLineEdit::editingFinished, this, &SettingEditor::refresh);
    showValue_ = [this, edit] {
        if (recipe_.error(setting_.key))
            return; // it stands there to be mended
        const QString text = recipe_.recipe().has(setting_.key) ? shown(recipe_.recipe().typed(setting_.key)) : QString();
        if (edit->text() != text)
            edit->setText(text);
    };
    return edit;
}

} // namespace earmark
