#include "engine/neural/models/speech/spec_augment.h"

#include <algorithm>

#include "engine/neural/models/parameters.h"

namespace earmark::neural
{

namespace
{

/// How many spans a row of `valid` positions gets, on an axis of `length`.
std::int64_t spanCount(std::int64_t valid, std::int64_t length, const SpanMaskOptions& options, double epsilon)
{
    const std::int64_t span = options.spanLength;
    auto count = static_cast<std::int64_t>(options.probability * static_cast<double>(valid) / static_cast<double>(span) + epsilon);
    count = std::max(count, options.fewestSpans);
    if (count * span > length)
        count = length / span;
    if (valid - (span - 1) < count)
        count = std::max<std::int64_t>(valid - (span - 1), 0);
    return count;
}

} // namespace

bool masksTwo(std::int64_t valid, const SpanMaskOptions& options)
{
    const std::int64_t fewest = spanCount(valid, valid, options, 0);
    return options.spanLength > 1 ? fewest >= 1 : fewest >= 2;
}

torch::Tensor drawSpanMask(std::int64_t rows, std::int64_t length, std::span<const std::int64_t> lengths,
                           const SpanMaskOptions& options, RandomStreams& streams)
{
    if (options.spanLength > length)
        throw Failure("audio.too_short", "SpecAugment's spans of " + std::to_string(options.spanLength) + " are longer than the " +
                                             std::to_string(length) + " positions of the batch; lower mask_time_length, or leave out clips this short.");
    const double epsilon = streams.numpy.nextDouble(); // one for the whole call: rounds the span counts up at random
    torch::Tensor mask = torch::zeros({rows, length}, torch::kBool);
    const std::int64_t most = spanCount(length, length, options, epsilon);
    if (most == 0)
        return mask;
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t valid = lengths.empty() ? length : lengths[static_cast<std::size_t>(row)];
        const std::int64_t count = spanCount(valid, length, options, epsilon);
        std::vector<std::int64_t> starts = streams.numpyChoice(std::max<std::int64_t>(valid - (options.spanLength - 1), 0), count);
        if (starts.empty())
            starts.push_back(length - 1); // upstream's dummy: the last, padded, position
        bool* positions = mask[row].data_ptr<bool>();
        for (const std::int64_t start : starts)
            for (std::int64_t i = 0; i < options.spanLength; ++i)
                positions[std::min(start + i, length - 1)] = true;
    }
    return mask;
}

} // namespace earmark::neural
