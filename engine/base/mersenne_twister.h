// The random generator of Python and of NumPy's np.random, bit for bit (Matsumoto and Nishimura 1998). Thread: one at a time.
#pragma once

#include <cstdint>
#include <string>

namespace earmark
{

/// MT19937 as NumPy's legacy `np.random` and Python's `random` share it.
class MersenneTwister
{
public:
    void seedNumpy(std::uint32_t seed);  ///< np.random.seed(seed)
    void seedPython(std::uint64_t seed); ///< random.seed(seed)
    std::uint32_t next32();
    double nextDouble(); ///< [0, 1) with 53 bits: np.random.rand, random.random
    /// [0, highest] as NumPy's random_interval draws it: nothing for 0, one or two words for each try else.
    std::uint64_t numpyInterval(std::uint64_t highest);

    std::string state() const; ///< text, for a checkpoint
    bool setState(const std::string& text);

private:
    std::uint32_t key_[624]{};
    int position_ = 624;
};

} // namespace earmark
