// The words of engine/recipe's table in the user's language: the table is English, and translations are found by its text. Thread: any.
#pragma once

#include <QString>

#include <span>
#include <string>
#include <string_view>

namespace earmark
{

/// A section, title or explanation of the table, or choiceWords() of a choice.
QString recipeText(std::string_view english);
/// "random_crop" → "Random crop".
std::string choiceWords(std::string_view choice);
/// All that recipeText() can be asked for, as lupdate sees it.
std::span<const char* const> recipeStrings();

} // namespace earmark
