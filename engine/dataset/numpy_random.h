// numpy.random.default_rng(seed).permutation(n), bit for bit: SeedSequence (M. E. O'Neill's randutils), PCG64 (XSL-RR 128/64, O'Neill 2014)
// and a Fisher–Yates shuffle from the end that masks and rejects. It is the generator of every split, since it is the same on every machine.
// Thread: one at a time per object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace earmark
{

class NumpyGenerator
{
public:
    explicit NumpyGenerator(std::uint64_t seed);

    std::uint64_t next64();
    std::uint32_t next32(); ///< the low half of a 64-bit number, then its high half
    /// 0…most, each equally likely: NumPy's random_interval.
    std::uint64_t interval(std::uint64_t most);

    std::vector<std::size_t> permutation(std::size_t n);
    template <class Value> void shuffle(std::vector<Value>& values)
    {
        for (std::size_t i = values.size(); i-- > 1;)
            std::swap(values[i], values[interval(i)]);
    }

private:
    unsigned __int128 state_ = 0;
    unsigned __int128 increment_ = 0;
    std::uint32_t spare_ = 0;
    bool hasSpare_ = false;
};

} // namespace earmark
