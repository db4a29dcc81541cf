// The run folder: begun without harming what was there, and at the end a Hugging Face model folder with its run beside it. Thread: the executor's.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/compute/compute.h"
#include "engine/compute/problem_type.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/train/trainer_state.h"

namespace earmark::neural
{

/// What run.json, the model card and the report say about a run.
struct RunFacts {
    const TrainRequest* request = nullptr;
    std::string architecture;
    std::string device;
    std::vector<std::string> labels;
    ProblemType problem = ProblemType::singleLabel;
    std::int64_t characters = 0; ///< of a recogniser's vocabulary
    std::size_t trainClips = 0;
    std::size_t validationClips = 0;
    std::string settingsJson; ///< the recipe with the preset's defaults
};

class RunFolder
{
public:
    /// Looks only: refuses a folder that is there unless told to overwrite or resume, and one that is no run folder in any case.
    /// Errors: usage.out_exists, train.cannot_resume.
    static Result<RunFolder> choose(const TrainRequest& request);

    RunFolder(RunFolder&& other) noexcept;
    RunFolder& operator=(RunFolder&&) = delete;
    ~RunFolder(); ///< puts an earlier run back where nothing of the new one was kept

    /// Makes the folder; an earlier run that is to be replaced steps aside. Errors: io.*.
    Result<void> enter();
    /// Writes run.json: everything needed to run it again. A run that goes on keeps the time at which it began. Errors: io.*.
    Result<void> describe(const RunFacts& facts);
    /// Before anything is put into the folder: makes it and its run.json again where somebody deleted them while the run goes on. Errors: io.*.
    Result<void> mend() const;
    /// From now on the new run counts: the earlier one goes.
    void keep();

    const std::string& path() const { return path_; }

private:
    RunFolder(std::string path, bool replaces, bool resumes) : path_(std::move(path)), replaces_(replaces), resumes_(resumes) {}

    std::string path_;
    std::string aside_; ///< where the earlier run is meanwhile
    std::string runJson_;
    bool replaces_ = false;
    bool resumes_ = false;
    bool entered_ = false;
    bool kept_ = false;
};

/// README.md with the usual metadata. `report` may be absent. Errors: io.*.
Result<void> writeModelCard(const std::string& folder, const RunFacts& facts, const TrainerState& state, const TrainOutcome& outcome);

} // namespace earmark::neural
