// checkpoint-N folders: everything a run needs to go on as if it had never stopped. Each is complete or absent: it is filled beside its place,
// flushed and renamed. Weights and the optimiser in safetensors, the rest in JSON. Thread: the executor's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/state_dict.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/trainer_state.h"

namespace earmark::neural
{

/// States of the generators that upstream draws from.
struct RandomState {
    torch::Tensor cpu;
    torch::Tensor cuda; ///< undefined on the CPU
    std::string numpy;
    std::string python;
};

/// What was still to be done at a checkpoint's step when it was written: evaluations draw from the generators, so a run that goes on must do
/// them as the uninterrupted one did.
struct PendingActions {
    bool evaluate = false;
    bool save = false;
    bool endOfEpoch = false;
};

struct RunProgress {
    TrainerState state;
    std::int64_t epoch = 0;            ///< index of the epoch that the step belongs to
    std::int64_t batchesDone = 0;      ///< of that epoch
    RandomState epochStart;            ///< before that epoch's order was drawn
    RandomState now;
    PendingActions pending;
    Json schedule;
    Json scaler; ///< null without one
    Json pretraining; ///< what was counted since the last log; null without
    double lossSum = 0;   ///< since the last log
    double totalLoss = 0; ///< up to the last log
    std::int64_t lastLoggedStep = 0;
    double seconds = 0; ///< trained so far
    std::string settings;   ///< resumeFingerprint()
    std::string data;           ///< fingerprint of the training rows
    std::string validationData; ///< of the validation rows; empty where none were read
};

/// Writes `runFolder`/checkpoint-N. With `onlyModel`, without optimiser and progress. Returns its path. Errors: io.*.
Result<std::string> writeCheckpoint(const std::string& runFolder, const ModelParts& model, const StateDict& optimiser, const RunProgress& progress,
                                    bool onlyModel);

/// Steps of the complete checkpoints in a run folder, ascending.
std::vector<std::int64_t> checkpointSteps(const std::string& runFolder);
std::string checkpointName(std::int64_t step);

/// The latest checkpoint that a run can go on from; its step, or nothing.
std::optional<std::int64_t> latestResumable(const std::string& runFolder);

struct ReadCheckpoint {
    RunProgress progress;
    StateDict optimiser;
};
/// Errors: train.cannot_resume, io.*, model.bad_weights.
Result<ReadCheckpoint> readCheckpoint(const std::string& folder);

/// Deletes the oldest checkpoints beyond `limit` but never the best one, as Trainer._rotate_checkpoints: with a limit of 1 the best and the last
/// stay.
void rotateCheckpoints(const std::string& runFolder, std::int64_t limit, std::int64_t bestStep);
/// Deletes all checkpoints but one.
void keepOnlyCheckpoint(const std::string& runFolder, std::int64_t step);
/// Removes what a killed run left of checkpoints that it was writing or deleting.
void removeRemains(const std::string& runFolder);

} // namespace earmark::neural
