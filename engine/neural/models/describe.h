// What a model folder holds, for people; and an untrained model written to disk. Thread: the executor's.
#pragma once

#include <string>
#include <vector>

#include "engine/compute/compute.h"

namespace earmark::neural
{

/// Loads the weights, so that the load report is the truth. Errors: model.*, io.*.
Result<ModelDescription> describeModelFolder(const std::string& folder);

/// A new folder with a seeded, untrained model of a built-in preset. Errors: model.not_found, usage.out_exists, io.*.
Result<void> writeScratchModel(const std::string& preset, const std::vector<std::string>& labels, std::uint64_t seed, const std::string& out);

} // namespace earmark::neural
