// Dividing clips into train, validation and test. The same clips, options and seed give the same rows in the same order on every machine.
// Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/dataset/project.h"
#include "engine/dataset/split_clips.h"

namespace earmark
{

enum class SplitMethod {
    earmark, ///< random; by group and stratified where asked; clips of a split in the order in which they were added
    /// The rows of Hugging Face `datasets.train_test_split(test_size, seed)`, in its order: its test rows become the test split. Where
    /// validation is asked for too, it is the test part of a second call, with the same seed, on what the first left for training
    /// (so a fraction is one of that rest). No groups, no strata, no folds.
    datasets
};

struct SplitOptions {
    double validation = 0; ///< a part of all clips where below 1, else a count; with folds, taken off the clips that are not test
    double test = 0;
    std::uint64_t seed = 42;
    bool stratify = false;   ///< each label's share is the same in each split, as near as it can be
    std::string group;       ///< a column of the clips, or "recording", "group", "folder", "file": no value of it is in two splits
    std::optional<int> folds; ///< k-fold cross-validation: fold `fold` (from 0) is the test split, the others are train
    int fold = 0;
    SplitMethod method = SplitMethod::earmark;
};

struct SplitReport {
    std::vector<std::pair<std::string, std::size_t>> sizes; ///< clips a split, in the order train, validation, test
    std::vector<std::string> remarks; ///< English sentences: a label missing on one side, clips without a group, …
};

/// What a division would be.
struct SplitPlan {
    struct Part {
        std::vector<std::size_t> labels; ///< clips with each label, by the index of SplitClips::labels
        std::size_t unlabelled = 0;
        std::size_t shared = 0; ///< clips whose recording (or what else was to stay together) is in train too; 0 for train
    };
    std::vector<Split> splits;    ///< train, validation, test; without members where not asked for
    std::vector<Part> parts;      ///< of the same splits
    std::size_t withoutGroup = 0; ///< clips that have nothing to be kept together by
    SplitReport report;
};

/// Errors: usage (options that contradict), split.impossible.
Result<SplitPlan> planSplit(const SplitClips& clips, const SplitOptions& options);

/// Replaces the project's splits train, validation and test as planned; excluded clips are left out. One undo step.
/// Errors: those of planSplit() and of Project.
Result<SplitReport> splitProject(Project& project, const SplitOptions& options);

} // namespace earmark
