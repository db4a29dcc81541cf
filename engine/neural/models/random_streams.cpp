#include "engine/neural/models/random_streams.h"

#include <bit>
#include <numeric>
#include <utility>

namespace earmark::neural
{

namespace
{

/// random.getrandbits(bits), at most 64: words from the lowest up.
std::uint64_t pythonBits(MersenneTwister& twister, int bits)
{
    if (bits <= 32)
        return twister.next32() >> (32 - bits);
    const std::uint64_t low = twister.next32();
    return low | static_cast<std::uint64_t>(twister.next32() >> (64 - bits)) << 32;
}

} // namespace

RandomStreams::RandomStreams(std::uint64_t seed)
{
    numpy.seedNumpy(static_cast<std::uint32_t>(seed));
    python.seedPython(seed);
}

std::int64_t RandomStreams::numpyRandint(std::int64_t low, std::int64_t high)
{
    const std::uint64_t highest = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) - 1;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + numpy.numpyInterval(highest));
}

std::vector<std::int64_t> RandomStreams::numpyChoice(std::int64_t population, std::int64_t count)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(population));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = order.size(); i-- > 1;)
        std::swap(order[i], order[numpy.numpyInterval(i)]);
    order.resize(static_cast<std::size_t>(count));
    return order;
}

std::int64_t RandomStreams::pythonRandint(std::int64_t low, std::int64_t high)
{
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    const int bits = static_cast<int>(std::bit_width(width));
    std::uint64_t value = pythonBits(python, bits);
    while (value >= width)
        value = pythonBits(python, bits);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + value);
}

} // namespace earmark::neural
