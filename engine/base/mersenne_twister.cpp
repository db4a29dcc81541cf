#include "engine/base/mersenne_twister.h"

#include <bit>
#include <limits>
#include <sstream>

namespace earmark
{

namespace
{

constexpr int size = 624;
constexpr int shift = 397;

/// One round of Matsumoto and Nishimura's generator (1998) over the whole state.
void refill(std::uint32_t (&key)[size])
{
    for (int i = 0; i < size; ++i) {
        const std::uint32_t y = (key[i] & 0x80000000u) | (key[(i + 1) % size] & 0x7fffffffu);
        key[i] = key[(i + shift) % size] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    }
}

std::uint64_t bitMask(std::uint64_t value)
{
    return value ? std::numeric_limits<std::uint64_t>::max() >> std::countl_zero(value) : 0;
}

} // namespace

void MersenneTwister::seedNumpy(std::uint32_t seed)
{
    for (std::uint32_t i = 0; i < size; ++i) {
        key_[i] = seed;
        seed = 1812433253u * (seed ^ (seed >> 30)) + i + 1;
    }
    position_ = size;
}

void MersenneTwister::seedPython(std::uint64_t seed)
{
    const std::uint32_t words[2] = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
    const std::uint32_t count = words[1] ? 2 : 1;
    seedNumpy(19650218u);
    int i = 1;
    const auto previous = [&] { return key_[i - 1] ^ (key_[i - 1] >> 30); };
    const auto advance = [&] {
        if (++i >= size) {
            key_[0] = key_[size - 1];
            i = 1;
        }
    };
    for (std::uint32_t k = 0; k < size; ++k) {
        const std::uint32_t j = k % count;
        key_[i] = (key_[i] ^ (previous() * 1664525u)) + words[j] + j;
        advance();
    }
    for (int k = 1; k < size; ++k) {
        key_[i] = (key_[i] ^ (previous() * 1566083941u)) - static_cast<std::uint32_t>(i);
        advance();
    }
    key_[0] = 0x80000000u;
    position_ = size;
}

std::uint32_t MersenneTwister::next32()
{
    if (position_ == size) {
        refill(key_);
        position_ = 0;
    }
    std::uint32_t y = key_[position_++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

double MersenneTwister::nextDouble()
{
    const std::uint32_t high = next32() >> 5;
    const std::uint32_t low = next32() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

std::string MersenneTwister::state() const
{
    std::ostringstream text;
    text << position_;
    for (const std::uint32_t word : key_)
        text << ' ' << word;
    return text.str();
}

bool MersenneTwister::setState(const std::string& text)
{
    std::istringstream words(text);
    MersenneTwister read;
    words >> read.position_;
    for (std::uint32_t& word : read.key_)
        words >> word;
    if (!words || read.position_ < 0 || read.position_ > size)
        return false;
    *this = read;
    return true;
}

/// Bits beyond the mask are dropped, values above it drawn again.
std::uint64_t MersenneTwister::numpyInterval(std::uint64_t highest)
{
    if (highest == 0)
        return 0; // nothing is drawn
    const std::uint64_t mask = bitMask(highest);
    for (;;) {
        std::uint64_t value = next32();
        if (highest > 0xffffffffu)
            value = value << 32 | next32();
        if ((value & mask) <= highest)
            return value & mask;
    }
}

} // namespace earmark
