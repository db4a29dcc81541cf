// What a run starts from: its base, and the settings with those that base and task change. Thread: the executor's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/settings.h"

namespace earmark::neural
{

constexpr std::string_view scratchPrefix = "scratch:";

inline bool isScratch(const std::string& base) { return base.starts_with(scratchPrefix); }
/// Where its config.json lies: "" for a built-in model, and where there is none.
std::string folderOf(const std::string& base);
/// "" where nobody can say. Errors: model.*, io.*.
Result<std::string> modelTypeOf(const std::string& base);

/// The request's settings over those that the task and the preset change.
Result<Recipe> recipeOf(const TrainRequest& request);
/// config.json keys that the settings change, under the names that the family has for them. Pretraining's masks of time are the run's alone.
std::vector<std::pair<std::string, std::string>> configOverrides(const Recipe& recipe, const std::string& modelType, bool pretraining);

void freeze(Model& model, const TrainingSettings& settings);
/// What was newly made, and what is left over.
void tell(const LoadReport& report, TrainObserver& observer);

} // namespace earmark::neural
