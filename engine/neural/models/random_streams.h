// The random generators that a run of transformers draws from, bit for bit, so that masks, crops and orders are upstream's.
// Thread: one at a time. Torch's own global CPU generator (dropout, layer drop) is not here; its state is saved beside these.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/mersenne_twister.h"

namespace earmark::neural
{

/// The draws that the networks and the data pipeline make.
class RandomStreams
{
public:
    explicit RandomStreams(std::uint64_t seed); ///< transformers' set_seed

    MersenneTwister numpy;
    MersenneTwister python;

    /// np.random.randint(low, high): [low, high)
    std::int64_t numpyRandint(std::int64_t low, std::int64_t high);
    /// np.random.choice(population, count, replace=False), positions into the population
    std::vector<std::int64_t> numpyChoice(std::int64_t population, std::int64_t count);
    /// random.randint(low, high): [low, high]
    std::int64_t pythonRandint(std::int64_t low, std::int64_t high);
};

} // namespace earmark::neural
