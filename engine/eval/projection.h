// Many dimensions on a flat map: principal component analysis (Pearson 1901; the scores are those of scikit-learn's PCA). Thread: any; it takes
// O(rows · dimensions²), seconds for 100,000 × 768, so not the window's. Memory: a block of rows and two squares of `dimensions`.
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

namespace earmark
{

struct Projection {
    int components = 0;
    std::vector<float> points;     ///< [row][component]; NaN for a row that has a value that is not finite: it takes no part
    std::vector<double> explained; ///< by component, its share of the whole variance
};

/// `values` is [row][dimension], `dimensions` wide. Each component's sign is such that its largest loading is positive, so equal input gives an equal
/// map. Components beyond the dimensions are zero. Empty where stopped.
Projection principalComponents(std::span<const float> values, std::size_t dimensions, int components = 2, std::stop_token stop = {});

} // namespace earmark
