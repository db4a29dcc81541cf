#include "engine/neural/features/normalise.h"

#include <cmath>
#include <vector>

namespace earmark::neural
{

namespace
{

/// NumPy divides by the count in double and rounds once.
float divided(float sum, std::size_t count)
{
    return static_cast<float>(static_cast<double>(sum) / static_cast<double>(count));
}

} // namespace

float pairwiseSum(std::span<const float> values)
{
    constexpr std::size_t lanes = 8, block = 128;
    const std::size_t size = values.size();
    if (size < lanes) {
        float sum = 0;
        for (const float value : values)
            sum += value;
        return sum;
    }
    if (size > block) {
        const std::size_t half = size / 2 / lanes * lanes;
        return pairwiseSum(values.first(half)) + pairwiseSum(values.subspan(half));
    }
    float part[lanes];
    std::size_t i = 0;
    for (; i < lanes; ++i)
        part[i] = values[i];
    for (; i < size / lanes * lanes; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            part[lane] += values[i + lane];
    float sum = ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
    for (; i < size; ++i)
        sum += values[i];
    return sum;
}

void normaliseInPlace(std::span<float> values, std::size_t counted)
{
    const auto part = values.first(counted);
    const float mean = divided(pairwiseSum(part), counted);
    std::vector<float> squares(counted);
    for (std::size_t i = 0; i < counted; ++i)
        squares[i] = (part[i] - mean) * (part[i] - mean);
    const float deviation = std::sqrt(divided(pairwiseSum(squares), counted) + 1e-7F);
    for (float& value : values)
        value = (value - mean) / deviation;
}

} // namespace earmark::neural
