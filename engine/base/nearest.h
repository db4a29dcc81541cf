// "Did you mean …?" Thread: any.
#pragma once

#include <span>
#include <string_view>

namespace earmark
{

/// The candidate with the fewest edits (Levenshtein) from `name`; empty where none is near enough to be meant.
std::string_view nearestName(std::string_view name, std::span<const std::string_view> candidates);

} // namespace earmark
