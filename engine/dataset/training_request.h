// What a training takes from a project: the samples of its splits, facts about where they came from, and a place for the run; and what the run.json of
// an earlier run says, for going on with it.
// Thread: as Project.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "engine/compute/compute.h"
#include "engine/dataset/project.h"

namespace earmark
{

/// Which samples of a project a run learns from and is tested on.
struct TrainingSet {
    std::string trainSplit = "train";
    std::string validationSplit = "validation"; ///< none where the project has no such split
    std::string testSplit = "test";             ///< of the final report; the validation split where the project has no such split
    SampleUnit unit = SampleUnit::clips;
};

/// Fills the request's samples, `reportSplit`, fingerprint and origin. Error: train.no_clips where the project has no such training split.
Result<void> readTrainingSet(const Project& project, const TrainingSet& set, TrainRequest& request);

/// The first free NAME-runs/N beside NAME.earmark.
std::string freeRunFolder(const std::string& project);

/// Takes settings, base, task and the base's public name from a run.json, and into `set` what the run learnt from. A run.json without one of them, or a
/// bare object of settings, leaves it as it was. Errors: io.*, recipe.*.
Result<void> readRunJson(const std::string& path, TrainRequest& request, TrainingSet* set = nullptr);

} // namespace earmark
