// The order of rows in an epoch, as Trainer 4.57.6 with accelerate draws it. Thread: the executor's.
#pragma once

#include <cstdint>
#include <vector>

namespace earmark::neural
{

/// accelerate's SeedableRandomSampler: a generator of its own, seeded with seed + epoch.
std::vector<std::int64_t> randomOrder(std::int64_t rows, std::uint64_t seed, std::int64_t epoch);

/// transformers' LengthGroupedSampler: draws a permutation from torch's global CPU generator, sorts it by length within stretches of up to 50
/// batches, and puts the longest row first. `batchSize` counts the rows of one optimiser step.
std::vector<std::int64_t> lengthGroupedOrder(const std::vector<std::int64_t>& lengths, std::int64_t batchSize);

/// The seed that DataLoader draws from torch's global CPU generator whenever somebody begins to read it: nothing uses it here, but what is drawn
/// after it must be what upstream draws.
void drawBaseSeed();

/// Rows cut into batches; the last may be short, or is left out.
std::vector<std::vector<std::int64_t>> cutIntoBatches(const std::vector<std::int64_t>& order, std::int64_t batchSize, bool dropLast);

/// The batches that process `rank` of `worldSize` reads: every worldSize-th, as accelerate deals them; where they do not come out even, the first
/// rows are read again so that every process has as many full batches (even_batches).
std::vector<std::vector<std::int64_t>> batchesOfRank(const std::vector<std::vector<std::int64_t>>& batches, int rank, int worldSize);

} // namespace earmark::neural
