// The best of a clip's scores, as classify shows them.
#pragma once

#include <string>
#include <vector>

#include "app/cli/json.h"
#include "engine/compute/compute.h"

namespace earmark::cli
{

/// The `count` highest, best first; equal ones in the order of the labels.
std::vector<ScoredLabel> bestScores(const std::vector<float>& scores, const std::vector<std::string>& labels, std::size_t count);

Json scoresJson(const std::vector<ScoredLabel>& scores); ///< [{"label":…,"score":…},…]
std::string scoresText(const std::vector<ScoredLabel>& scores);

} // namespace earmark::cli
