// The training loop of transformers' Trainer 4.57.6, step for step: order of rows, accumulation, clipping, optimiser, schedule, logs, evaluations,
// checkpoints, best model, early stopping; plus stopping and going on at any step. Thread: the executor's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/neural/device/grad_scaler.h"
#include "engine/neural/infer/clip_store.h"
#include "engine/neural/models/model.h"
#include "engine/neural/models/random_streams.h"
#include "engine/neural/train/augmentation.h"
#include "engine/neural/train/collective.h"
#include "engine/neural/train/epoch_plan.h"
#include "engine/neural/train/loss_rule.h"
#include "engine/neural/train/optimiser.h"
#include "engine/neural/train/pretraining.h"
#include "engine/neural/train/run_checkpoint.h"
#include "engine/neural/train/schedule.h"
#include "engine/neural/train/settings.h"
#include "engine/neural/train/targets.h"
#include "engine/neural/train/tensorboard.h"
#include "engine/neural/train/trainer_state.h"

namespace earmark::neural
{

struct TargetedClips {
    const ClipStore* clips = nullptr;
    Targets targets;
};

struct TrainerParts {
    std::shared_ptr<Model> model;
    const FeatureExtractor* extractor = nullptr;
    const CtcTokenizer* tokenizer = nullptr; ///< of a recogniser
    bool pretrains = false; ///< the model is a Pretraining and learns without targets
    TargetedClips train;
    TargetedClips validation; ///< `clips` null where there is none
    TrainingSettings settings;
    std::vector<float> maskFill; ///< what masks of the augmentation hold, by mel bin; 0 where empty
    std::string settingsFingerprint; ///< this and the next two go into the checkpoints
    std::string dataFingerprint;
    std::string validationFingerprint;
    std::string runFolder; ///< there; checkpoints go into it
    std::function<Result<void>()> mendFolder; ///< called before anything is put into it: it may have been deleted meanwhile
    torch::Device device = torch::kCPU;
    TrainObserver* observer = nullptr;
    Collective* collective = nullptr;
    std::function<void()> betweenSteps; ///< small jobs of other threads may run here, and the run may be held up
};

struct TrainerOutcome {
    TrainerState state;
    double seconds = 0;
    double samplesPerSecond = 0;
    double trainLoss = 0;
    bool stopped = false;
};

class Trainer
{
public:
    explicit Trainer(TrainerParts parts);

    /// Trains, from the checkpoint given where there is one. Afterwards the model holds the last weights, or with load_best_model_at_end the best.
    /// Errors: io.*, train.diverged, train.cannot_resume, recipe.bad_value.
    Result<TrainerOutcome> run(const ReadCheckpoint* checkpoint, std::stop_token stop);

private:
    enum class Go { on, stop, stopRun }; ///< `stop`: the training is over; `stopRun`: somebody asked for it and the run can go on later

    Result<void> prepare();
    Result<void> restore(const ReadCheckpoint& checkpoint);
    void goOnWithinEpoch();
    Result<void> loop(std::stop_token stop);
    Result<Go> trainEpoch(std::int64_t skip, std::stop_token stop);
    Result<void> accumulate(BatchLoader& loader, const Batches& batches, std::size_t first, std::size_t count);
    torch::Tensor lossOf(LoadedBatch batch, std::optional<double> items, std::size_t batchesInGroup);
    void countLoss(torch::Tensor loss);
    Result<void> update();
    Result<Go> afterStep(std::stop_token stop);
    void makeWay();
    Result<Go> endOfEpoch(std::stop_token stop);
    Result<Go> logEvaluateSave(bool atEndOfEpoch, std::stop_token stop);
    Result<void> logTraining();
    Result<bool> evaluate(std::stop_token stop);
    std::optional<Metrics> evaluateOn(const Batches& batches, std::stop_token stop);
    Result<void> judge(const Metrics& metrics);
    void countTowardsEarlyStop(double metric);
    Result<void> save();
    Result<void> saveForStop();
    Result<void> loadBest();
    Result<void> publish(const Metrics& metrics);
    Result<void> draw(const Json& logged);
    Result<void> finish();

    ModelParts parts() const { return {*p_.model, *p_.extractor, p_.tokenizer}; }
    RandomState randomState() const;
    void setRandomState(const RandomState& state);
    RunProgress progress() const;
    static double now(); ///< seconds, of a clock that never jumps
    double elapsed() const;
    Augmentation augmentation() const;
    int loaderThreads() const;

    TrainerParts p_;
    const TrainingSettings& s_;
    StepPlan plan_;
    RandomStreams streams_;
    LossRule lossRule_;
    std::optional<PretrainingRun> pretraining_;
    AdamW optimiser_;
    std::optional<Schedule> schedule_;
    std::optional<GradScaler> scaler_;
    std::optional<TensorBoardWriter> board_;
    torch::ScalarType autocast_ = torch::kFloat32;

    TrainerState state_;
    std::int64_t epoch_ = 0;
    std::int64_t batchesDone_ = 0;
    std::int64_t batchesInEpoch_ = 0;
    RandomState epochStart_;
    PendingActions pending_;
    bool shouldLog_ = false;
    bool trainingOver_ = false;
    bool epochOver_ = false; ///< all that belongs to epoch_ is done
    torch::Tensor lossSum_; ///< since the last log, on the device
    double totalLoss_ = 0;
    std::int64_t lastLogged_ = 0;
    torch::Tensor gradientNorm_;
    double learningRate_ = 0;
    std::optional<std::int64_t> savedAt_; ///< step of the last checkpoint that says exactly where the run is
    double secondsBefore_ = 0;            ///< trained before this process
    double startedAt_ = 0;
    double loggedAt_ = 0;
    bool stopped_ = false;
    bool toldOfUnreadable_ = false;
};

} // namespace earmark::neural
