// What a classifier learns of its clips: their one label, all their labels, or their numbers, as the setting problem_type says. Thread: any.
#pragma once

#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/compute/problem_type.h"

namespace earmark::neural
{

/// Where the setting is left open and the base learnt several labels or numbers, so does the run: the recipe's default becomes the base's own. What
/// cannot be read is told when the base is loaded.
Result<void> takeProblemOfBase(const std::string& base, Recipe& recipe);

/// That a run learns what its base did although nobody asked for it; nothing where somebody did. `effective`: after takeProblemOfBase().
std::optional<Remark> describeProblemOfBase(const Recipe& asked, const Recipe& effective);

/// The names of what is learnt, the network's labels: those of the training and validation clips in code-point order; of numbers those that target_names
/// lists, in its order, else all that the training clips have. Errors: train.no_clips, train.bad_labels.
Result<std::vector<std::string>> learntNames(const TrainRequest& request, const Recipe& recipe);

/// Whether the clip has what is learnt: a label, or a number of each name.
bool isLearnt(const Sample& sample, ProblemType problem, const std::vector<std::string>& names);

/// Of clips that have some number and lack another; nothing where there is none. `set` is "training" or "validation".
std::optional<Remark> describeLacking(const std::vector<Sample>& samples, const std::vector<std::string>& names, const std::string& set);

} // namespace earmark::neural
