// The labels of clips from elsewhere against those of a model: the same name, or else the one name that differs only in case, spaces, "_" and "-".
// Thread: any.
#pragma once

#include <string>
#include <vector>

namespace earmark
{

/// For each name the index of the model's label, −1 where none fits or several do.
std::vector<int> matchLabels(const std::vector<std::string>& names, const std::vector<std::string>& modelLabels);

} // namespace earmark
