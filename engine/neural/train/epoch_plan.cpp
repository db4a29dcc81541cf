#include "engine/neural/train/epoch_plan.h"

#include <numeric>

#include "engine/neural/train/sampler.h"

namespace earmark::neural
{

namespace
{

/// SplitMix64's finaliser (Steele, Lea and Flood 2014): neighbours become unrelated.
std::uint64_t mix(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

std::vector<std::int64_t> lengthsOf(const std::vector<ClipRow>& rows)
{
    std::vector<std::int64_t> lengths;
    for (const ClipRow& row : rows)
        lengths.push_back(row.length);
    return lengths;
}

Batches draw(const std::vector<std::vector<std::int64_t>>& batches, const std::vector<ClipRow>& rows, RandomStreams& streams, std::uint64_t seed)
{
    Batches drawn;
    std::uint64_t position = 0;
    for (const auto& batch : batches) {
        drawn.emplace_back();
        for (const std::int64_t row : batch) {
            BatchItem item{.row = static_cast<std::size_t>(row), .seed = mix(seed + ++position)};
            const std::int64_t slack = rows[item.row].slack;
            if (slack > 0) // randint(0, len(wav) - sample_length - 1)
                item.offset = streams.pythonRandint(0, slack - 1);
            drawn.back().push_back(item);
        }
    }
    return drawn;
}

} // namespace

Batches planEpoch(const std::vector<ClipRow>& rows, const TrainingSettings& s, std::int64_t epoch, RandomStreams& streams, int rank, int worldSize)
{
    drawBaseSeed();
    const std::vector<std::int64_t> order =
        s.group_by_length ? lengthGroupedOrder(lengthsOf(rows), s.per_device_train_batch_size * s.gradient_accumulation_steps)
                          : randomOrder(static_cast<std::int64_t>(rows.size()), s.data_seed.value_or(s.seed), epoch);
    const auto batches = cutIntoBatches(order, s.per_device_train_batch_size, s.dataloader_drop_last);
    const std::uint64_t seed = mix(mix(s.seed) + static_cast<std::uint64_t>(epoch));
    return draw(batchesOfRank(batches, rank, worldSize), rows, streams, seed);
}

Batches planEvaluation(const std::vector<ClipRow>& rows, const TrainingSettings& s, RandomStreams& streams)
{
    drawBaseSeed();
    std::vector<std::int64_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0);
    if (s.group_by_length)
        order = lengthGroupedOrder(lengthsOf(rows), s.per_device_eval_batch_size);
    return draw(cutIntoBatches(order, s.per_device_eval_batch_size, false), rows, streams, 0);
}

} // namespace earmark::neural
