#include "engine/base/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace earmark
{

namespace
{

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

} // namespace

std::string_view nearestName(std::string_view name, std::span<const std::string_view> candidates)
{
    if (name.size() > 100)
        return {};
    std::string_view best;
    std::size_t bestDistance = name.size() / 3 + 2; // one more than a typing mistake explains
    for (const std::string_view candidate : candidates)
        if (const std::size_t distance = editDistance(name, candidate); distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    return best;
}

} // namespace earmark
