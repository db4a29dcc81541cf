// The random generators that a run of transformers draws from, bit for bit, so that masks, crops and orders are upstream's.
// Thread: one at a time. Torch's own global CPU generator (dropout, layer drop) is not here; its state is saved beside these.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earmark::neural
{

/// MT19937 as NumPy's legacy `np.random` and Python's `random` share it.
class MersenneTwister
{
public:
    void seedNumpy(std::uint32_t seed);  ///< np.random.seed(seed)
    void seedPython(std::uint64_t seed); ///< random.seed(seed)
    std::uint32_t next32();
    double nextDouble(); ///< [0, 1) with 53 bits: np.random.rand, random.random

    std::string state() const; ///< text, for a checkpoint
    bool setState(const std::string& text);

private:
    std::uint32_t key_[624]{};
    int position_ = 624;
};

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
