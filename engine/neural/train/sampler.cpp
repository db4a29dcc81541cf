#include "engine/neural/train/sampler.h"

#include <algorithm>

#include <ATen/CPUGeneratorImpl.h>
#include "engine/neural/device/torch.h"

namespace earmark::neural
{

namespace
{

std::vector<std::int64_t> toVector(const torch::Tensor& order)
{
    const std::int64_t* first = order.const_data_ptr<std::int64_t>();
    return {first, first + order.numel()};
}

} // namespace

std::vector<std::int64_t> randomOrder(std::int64_t rows, std::uint64_t seed, std::int64_t epoch)
{
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed + static_cast<std::uint64_t>(epoch));
    return toVector(at::randperm(rows, generator, torch::kLong));
}

std::vector<std::int64_t> lengthGroupedOrder(const std::vector<std::int64_t>& lengths, std::int64_t batchSize)
{
    const auto rows = static_cast<std::int64_t>(lengths.size());
    const std::int64_t stretch = std::max<std::int64_t>(1, std::min<std::int64_t>(rows / (batchSize * 4), 50)) * batchSize;
    std::vector<std::int64_t> order = toVector(torch::randperm(rows, torch::kLong));
    const auto lengthOf = [&](std::int64_t row) { return lengths[static_cast<std::size_t>(row)]; };
    std::int64_t longest = 0; // where the first of the longest rows stands
    for (std::int64_t start = 0; start < rows; start += stretch) {
        std::stable_sort(order.begin() + start, order.begin() + std::min(start + stretch, rows),
                         [&](std::int64_t a, std::int64_t b) { return lengthOf(a) > lengthOf(b); });
        if (lengthOf(order[static_cast<std::size_t>(start)]) > lengthOf(order[static_cast<std::size_t>(longest)]))
            longest = start;
    }
    if (rows > 0)
        std::swap(order[0], order[static_cast<std::size_t>(longest)]);
    return order;
}

void drawBaseSeed() { torch::empty({}, torch::kLong).random_(); }

std::vector<std::vector<std::int64_t>> cutIntoBatches(const std::vector<std::int64_t>& order, std::int64_t batchSize, bool dropLast)
{
    std::vector<std::vector<std::int64_t>> batches;
    const auto size = static_cast<std::size_t>(batchSize);
    for (std::size_t start = 0; start < order.size(); start += size) {
        const std::size_t end = std::min(start + size, order.size());
        if (end - start < size && dropLast)
            break;
        batches.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(start), order.begin() + static_cast<std::ptrdiff_t>(end));
    }
    return batches;
}

std::vector<std::vector<std::int64_t>> batchesOfRank(const std::vector<std::vector<std::int64_t>>& batches, int rank, int worldSize)
{
    if (worldSize <= 1 || batches.empty())
        return batches;
    const std::size_t world = static_cast<std::size_t>(worldSize);
    const std::size_t fullSize = batches.front().size();
    std::vector<std::int64_t> rows; // in order, to fill up from
    for (const auto& batch : batches)
        rows.insert(rows.end(), batch.begin(), batch.end());
    std::vector<std::vector<std::int64_t>> all = batches;
    std::size_t next = 0;
    while (all.size() % world != 0)
        all.emplace_back();
    for (auto& batch : all)
        while (batch.size() < fullSize)
            batch.push_back(rows[next++ % rows.size()]);
    std::vector<std::vector<std::int64_t>> own;
    for (std::size_t i = static_cast<std::size_t>(rank); i < all.size(); i += world)
        own.push_back(all[i]);
    return own;
}

} // namespace earmark::neural
