// Scores as classify prints them.
#pragma once

#include <string>
#include <vector>

#include "app/cli/json.h"
#include "engine/compute/compute.h"

namespace earmark::cli
{

Json scoresJson(const std::vector<ScoredLabel>& scores); ///< [{"label":…,"score":…},…]
std::string scoresText(const std::vector<ScoredLabel>& scores);

} // namespace earmark::cli
