// One setting in a form: its title, a field that fits its type, one line that explains it, what is wrong with what was typed, and a button that takes
// a change back. Thread: the window's.
#pragma once

#include <QWidget>

#include <functional>

#include "ui/models/recipe_model.h"

class QLabel;
class QToolButton;

namespace earmark
{

class SettingEditor : public QWidget
{
    Q_OBJECT

public:
    SettingEditor(const Setting& setting, RecipeModel& recipe, QWidget* parent = nullptr);

    const Setting& setting() const { return setting_; }
    /// Every word of it is in its name, its spellings, its title or its explanation.
    bool matches(const QStringList& words) const;

private:
    QWidget* makeField();
    QWidget* makeChoice(const std::vector<std::pair<QString, std::string>>& choices);
    QWidget* makeWhole();
    QWidget* makeNumber();
    QWidget* makeText();
    void refresh();
    void take(const std::string& text);

    const Setting& setting_;
    RecipeModel& recipe_;
    std::function<void()> showValue_; ///< puts the recipe's value into the field
    QWidget* field_ = nullptr;
    QLabel* error_;
    QToolButton* reset_;
    bool taking_ = false; ///< the field itself said so: what is typed is left alone
};

} // namespace earmark
