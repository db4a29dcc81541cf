#include "app/cli/scores.h"

#include <algorithm>
#include <numeric>

#include "app/cli/command.h"
#include "engine/base/number.h"

namespace earmark::cli
{

std::vector<ScoredLabel> bestScores(const std::vector<float>& scores, const std::vector<std::string>& labels, std::size_t count)
{
    std::vector<std::size_t> order(std::min(scores.size(), labels.size()));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    order.resize(std::min(order.size(), count));
    std::vector<ScoredLabel> best;
    for (const std::size_t i : order)
        best.push_back({labels[i], scores[i]});
    return best;
}

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
