#include "ui/pages/train/settings_list.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/recipe_strings.h"
#include "ui/widgets/theme.h"

namespace earmark
{

SettingsList::SettingsList(RecipeModel& recipe, QWidget* parent)
    : QWidget(parent), recipe_(recipe), search_(new QLineEdit), nothing_(new QLabel(tr("No setting has these words."))), rows_(new QVBoxLayout)
{
    search_->setObjectName("settingsSearch");
    search_->setPlaceholderText(tr("Search settings"));
    search_->setAccessibleName(tr("Search settings"));
    search_->setClearButtonEnabled(true);
    nothing_->setProperty("muted", true);
    nothing_->setVisible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    column->addWidget(search_);
    column->addWidget(nothing_);
    rows_->setSpacing(3 * spaceUnit);
    column->addLayout(rows_);
    for (const Setting& setting : settings())
        if (std::ranges::find(sections_, setting.section) == sections_.end())
            sections_.push_back(setting.section);
    next_.setSingleShot(true);
    connect(&next_, &QTimer::timeout, this, &SettingsList::makeNextSection);
    connect(search_, &QLineEdit::textChanged, this, &SettingsList::filter);
}

void SettingsList::clearSearch() { search_->clear(); }

void SettingsList::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    search_->setFocus();
    if (!isComplete())
        next_.start(0);
}

void SettingsList::makeNextSection()
{
    const std::string_view name = sections_[nextSection_++];
    Section section{.heading = new QLabel(recipeText(choiceWords(name)))};
    section.heading->setProperty("heading", true);
    rows_->addWidget(section.heading);
    for (const Setting& setting : settings()) {
        if (setting.common || setting.section != name)
            continue;
        auto* editor = new SettingEditor(setting, recipe_);
        rows_->addWidget(editor);
        section.editors.push_back(editor);
    }
    section.heading->setVisible(!section.editors.empty());
    made_.push_back(std::move(section));
    filter();
    if (!isComplete())
        next_.start(0);
}

void SettingsList::filter()
{
    const QStringList words = search_->text().split(' ', Qt::SkipEmptyParts);
    bool any = false;
    for (const Section& section : made_) {
        bool here = false;
        for (SettingEditor* editor : section.editors) {
            const bool matches = editor->matches(words);
            editor->setVisible(matches);
            here |= matches;
        }
        section.heading->setVisible(here);
        any |= here;
    }
    nothing_->setVisible(!any && isComplete());
}

} // namespace earmark
