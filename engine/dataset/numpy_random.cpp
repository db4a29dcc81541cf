#include "engine/dataset/numpy_random.h"

#include <array>
#include <bit>
#include <numeric>

namespace earmark
{

namespace
{

using Pool = std::array<std::uint32_t, 4>;

std::uint32_t hashed(std::uint32_t value, std::uint32_t& constant)
{
    value ^= constant;
    constant *= 0x931E8875u;
    value *= constant;
    return value ^ value >> 16;
}

std::uint32_t mixed(std::uint32_t x, std::uint32_t y)
{
    const std::uint32_t result = 0xCA01F9DDu * x - 0x4973F715u * y;
    return result ^ result >> 16;
}

/// numpy.random.SeedSequence(seed).pool
Pool poolOf(std::uint64_t seed)
{
    const Pool entropy = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), 0, 0};
    std::uint32_t constant = 0x43B0D7E5u;
    Pool pool{};
    for (std::size_t i = 0; i < pool.size(); ++i)
        pool[i] = hashed(entropy[i], constant);
    for (std::size_t from = 0; from < pool.size(); ++from)
        for (std::size_t to = 0; to < pool.size(); ++to)
            if (from != to)
                pool[to] = mixed(pool[to], hashed(pool[from], constant));
    return pool;
}

/// SeedSequence.generate_state(4, numpy.uint64)
std::array<std::uint64_t, 4> generatedState(const Pool& pool)
{
    std::uint32_t constant = 0x8B51F9DDu;
    std::array<std::uint64_t, 4> words{};
    for (std::size_t i = 0; i < 8; ++i) {
        std::uint32_t value = pool[i % pool.size()] ^ constant;
        constant *= 0x58F38DEDu;
        value *= constant;
        value ^= value >> 16;
        words[i / 2] |= static_cast<std::uint64_t>(value) << (i % 2 * 32);
    }
    return words;
}

constexpr unsigned __int128 wide(std::uint64_t high, std::uint64_t low) { return static_cast<unsigned __int128>(high) << 64 | low; }

constexpr unsigned __int128 multiplier = wide(0x2360ED051FC65DA4u, 0x4385DF649FCCF645u);

} // namespace

NumpyGenerator::NumpyGenerator(std::uint64_t seed)
{
    const auto words = generatedState(poolOf(seed));
    increment_ = wide(words[2], words[3]) << 1 | 1;
    state_ = (increment_ + wide(words[0], words[1])) * multiplier + increment_;
}

std::uint64_t NumpyGenerator::next64()
{
    state_ = state_ * multiplier + increment_;
    const auto folded = static_cast<std::uint64_t>(state_ >> 64) ^ static_cast<std::uint64_t>(state_);
    const unsigned turn = static_cast<unsigned>(state_ >> 122);
    return folded >> turn | folded << (-turn & 63);
}

std::uint32_t NumpyGenerator::next32()
{
    if (hasSpare_) {
        hasSpare_ = false;
        return spare_;
    }
    const std::uint64_t both = next64();
    hasSpare_ = true;
    spare_ = static_cast<std::uint32_t>(both >> 32);
    return static_cast<std::uint32_t>(both);
}

std::uint64_t NumpyGenerator::interval(std::uint64_t most)
{
    if (most == 0)
        return 0;
    const std::uint64_t mask = ~std::uint64_t(0) >> std::countl_zero(most);
    std::uint64_t value = 0;
    do
        value = (most <= 0xFFFFFFFFu ? next32() : next64()) & mask;
    while (value > most);
    return value;
}

std::vector<std::size_t> NumpyGenerator::permutation(std::size_t n)
{
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t(0));
    shuffle(order);
    return order;
}

} // namespace earmark
