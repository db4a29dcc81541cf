// The arithmetic of splits, on plain rows. Private to the room. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace earmark
{

struct SplitRow {
    std::vector<std::size_t> labels; ///< indices, may be empty
    std::string group;               ///< rows of one group stay together; "" stands alone
};

/// Which part each row belongs to.
using Parts = std::vector<std::size_t>;

/// Rows dealt out by a permutation: `sizes[p]` rows to part p; they sum to `count`.
Parts divideAtRandom(std::size_t count, const std::vector<std::size_t>& sizes, std::uint64_t seed);

/// Groups whole, each part's share of rows and of every label as near to `shares` (which sum to 1) as a greedy search gets: largest groups first,
/// each to where it makes the sum of squared relative errors smallest; then a label that a part lacks is brought there where another
/// part can spare it.
Parts divideBalanced(const std::vector<SplitRow>& rows, const std::vector<double>& shares, std::uint64_t seed);

/// Row numbers of train and test, in the order of Hugging Face `datasets.train_test_split`.
std::pair<std::vector<std::size_t>, std::vector<std::size_t>> trainTestSplit(std::size_t count, std::size_t testCount, std::uint64_t seed);

} // namespace earmark
