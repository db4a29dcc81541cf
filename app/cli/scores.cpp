#include "app/cli/scores.h"

#include "app/cli/console.h"
#include "engine/base/number.h"

namespace earmark::cli
{

Json scoresJson(const std::vector<ScoredLabel>& scores)
{
    Json list = Json::array();
    for (const ScoredLabel& score : scores)
        list.push_back({{"label", score.label}, {"score", shortestDouble(score.score)}});
    return list;
}

std::string scoresText(const std::vector<ScoredLabel>& scores)
{
    std::string text;
    for (const ScoredLabel& score : scores)
        text += (text.empty() ? "" : ", ") + shownName(score.label) + formatted(" %.4f", static_cast<double>(score.score));
    return text;
}

} // namespace earmark::cli
