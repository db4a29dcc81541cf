#include "engine/neural/train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/neural/checkpoint/weights.h"
#include "engine/neural/device/device.h"
#include "engine/neural/device/guards.h"
#include "engine/neural/infer/collate.h"
#include "engine/neural/train/evaluation.h"
#include "engine/neural/train/losses.h"

namespace earmark::neural
{

namespace
{

bool due(Strategy strategy, std::int64_t interval, std::int64_t step)
{
    return strategy == Strategy::steps && interval > 0 && step % interval == 0;
}

} // namespace

Trainer::Trainer(TrainerParts parts)
    : p_(std::move(parts)), s_(p_.settings),
      plan_(planSteps(s_, static_cast<std::int64_t>(p_.train.clips->rows().size()), p_.collective->worldSize())), streams_(s_.seed),
      lossRule_(p_.model->acceptsLossKwargs(), s_.problem_type, s_.label_smoothing_factor,
                s_.balancedClasses ? balancedWeights(p_.train.targets.labels, static_cast<std::int64_t>(p_.model->labels().size())) : std::vector<float>(),
                p_.device),
      optimiser_(trainableParameters(*p_.model), {.beta1 = s_.adam_beta1,
                                                  .beta2 = s_.adam_beta2,
                                                  .epsilon = s_.adam_epsilon,
                                                  .weight_decay = s_.weight_decay,
                                                  .fused = s_.fusedOptimiser})
{
}

/// Time that others take is no part of the run's.
void Trainer::makeWay()
{
    if (!p_.betweenSteps)
        return;
    const double before = now();
    p_.betweenSteps();
    const double away = now() - before;
    startedAt_ += away;
    loggedAt_ += away;
}

double Trainer::now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double Trainer::elapsed() const { return secondsBefore_ + now() - startedAt_; }

int Trainer::loaderThreads() const
{
    const int chosen = static_cast<int>(s_.dataloader_num_workers);
    return chosen > 0 ? chosen : std::max(1, physicalCores() / 2);
}

Augmentation Trainer::augmentation() const
{
    const SpectrogramMasks masks{s_.spec_time_masks, s_.spec_time_mask_length, s_.spec_frequency_masks, s_.spec_frequency_mask_length, p_.maskFill,
                                 p_.extractor->binsFirst()};
    if (!masks.any())
        return {};
    return [masks](Features& features, std::uint64_t seed) { maskSpectrogram(features, masks, seed); };
}

Result<TrainerOutcome> Trainer::run(const ReadCheckpoint* checkpoint, std::stop_token stop)
{
    startedAt_ = loggedAt_ = now();
    EARMARK_TRY_VOID(prepare());
    if (checkpoint)
        EARMARK_TRY_VOID(restore(*checkpoint));
    EARMARK_TRY_VOID(loop(stop));
    if (!stopped_)
        EARMARK_TRY_VOID(finish());
    p_.model->setRandomStreams(nullptr);
    TrainerOutcome outcome{.state = state_, .seconds = elapsed(), .stopped = stopped_};
    const double perStep = static_cast<double>(s_.per_device_train_batch_size * s_.gradient_accumulation_steps * p_.collective->worldSize());
    outcome.samplesPerSecond = outcome.seconds > 0 ? perStep * static_cast<double>(state_.global_step) / outcome.seconds : 0;
    outcome.trainLoss = totalLoss_ / std::max(0.001, static_cast<double>(state_.global_step));
    return outcome;
}

Result<void> Trainer::prepare()
{
    EARMARK_TRY(schedule_, Schedule::make({.type = s_.lr_scheduler_type,
                                           .kwargs = s_.lr_scheduler_kwargs,
                                           .learning_rate = s_.learning_rate,
                                           .warmupSteps = plan_.warmupSteps,
                                           .totalSteps = plan_.totalSteps}));
    autocast_ = s_.fp16 ? torch::kFloat16 : s_.bf16 ? torch::kBFloat16 : torch::kFloat32;
    if (s_.fp16)
        scaler_.emplace(p_.device);
    if (p_.pretrains)
        pretraining_.emplace(*p_.model, s_, p_.device, autocast_);
    if (s_.tensorboard && p_.collective->writesFiles()) {
        EARMARK_TRY(board_, TensorBoardWriter::open(p_.runFolder + "/runs"));
    }
    state_ = {.max_steps = plan_.totalSteps,
              .num_train_epochs = plan_.epochs,
              .train_batch_size = s_.per_device_train_batch_size,
              .logging_steps = plan_.logging,
              .eval_steps = plan_.evaluation,
              .save_steps = plan_.saving};
    torch::manual_seed(s_.seed); // transformers' set_seed, which Trainer.__init__ calls after the model was made
    p_.model->setRandomStreams(&streams_);
    p_.model->setGradientCheckpointing(s_.gradient_checkpointing);
    p_.model->train();
    optimiser_.clearGradients();
    lossSum_ = torch::zeros({}, torch::dtype(torch::kFloat32).device(p_.device));
    return {};
}

Result<void> Trainer::restore(const ReadCheckpoint& checkpoint)
{
    const RunProgress& was = checkpoint.progress;
    if (!optimiser_.restore(checkpoint.optimiser) || !schedule_->restore(was.schedule))
        return failure("train.cannot_resume",
                       "The run in " + quoteName(p_.runFolder) +
                           " cannot go on: its last checkpoint does not fit the model. Remove that checkpoint folder to go on from an earlier one.",
                       p_.runFolder);
    if (scaler_ && was.scaler.is_object())
        scaler_->restore(was.scaler.value("scale", 65536.0), was.scaler.value("growth_tracker", std::int64_t(0)));
    if (pretraining_)
        pretraining_->restore(was.pretraining);
    state_ = was.state;
    state_.max_steps = plan_.totalSteps;
    state_.num_train_epochs = plan_.epochs;
    state_.logging_steps = plan_.logging;
    state_.eval_steps = plan_.evaluation;
    state_.save_steps = plan_.saving;
    state_.train_batch_size = s_.per_device_train_batch_size;
    epoch_ = was.epoch;
    batchesDone_ = was.batchesDone;
    epochStart_ = was.epochStart;
    pending_ = was.pending;
    lossSum_.fill_(was.lossSum);
    totalLoss_ = was.totalLoss;
    lastLogged_ = was.lastLoggedStep;
    secondsBefore_ = was.seconds;
    savedAt_ = state_.global_step;
    setRandomState(was.now);
    trainingOver_ = state_.global_step >= plan_.totalSteps ||
                    (s_.early_stopping_patience && state_.earlyStoppingCounter >= *s_.early_stopping_patience);
    goOnWithinEpoch();
    return {};
}

/// A run that had come to its end within an epoch and now ends later goes on within that epoch, as Trainer counts it from the steps done.
void Trainer::goOnWithinEpoch()
{
    const std::int64_t steps = state_.global_step % plan_.stepsPerEpoch;
    if (trainingOver_ || steps == 0)
        return;
    epoch_ = state_.global_step / plan_.stepsPerEpoch;
    batchesDone_ = steps * s_.gradient_accumulation_steps;
    pending_.endOfEpoch = false;
}

RandomState Trainer::randomState() const
{
    return {.cpu = generatorState(torch::kCPU),
            .cuda = p_.device.is_cuda() ? generatorState(p_.device) : torch::Tensor(),
            .numpy = streams_.numpy.state(),
            .python = streams_.python.state()};
}

void Trainer::setRandomState(const RandomState& state)
{
    if (state.cpu.defined())
        setGeneratorState(torch::kCPU, state.cpu);
    if (state.cuda.defined() && p_.device.is_cuda())
        setGeneratorState(p_.device, state.cuda);
    streams_.numpy.setState(state.numpy);
    streams_.python.setState(state.python);
}

// ---- the loop -----------------------------------------------------------------------------------------------------------

Result<void> Trainer::loop(std::stop_token stop)
{
    const bool resumed = state_.global_step > 0;
    std::int64_t skip = 0;
    if (resumed) {
        EARMARK_TRY(Go go, logEvaluateSave(false, stop));
        if (go == Go::on && pending_.endOfEpoch) {
            EARMARK_TRY(go, endOfEpoch(stop));
            ++epoch_;
        } else {
            skip = batchesDone_; // 0 where the epoch had ended
        }
        if (go == Go::stopRun)
            return {};
    } else if (s_.eval_on_start) {
        pending_.evaluate = true;
        EARMARK_TRY(const Go go, logEvaluateSave(false, stop));
        if (go == Go::stopRun)
            return {};
    }
    for (; epoch_ < plan_.epochs && !trainingOver_; ++epoch_) {
        EARMARK_TRY(Go go, trainEpoch(skip, stop));
        skip = 0;
        if (go != Go::stopRun) {
            EARMARK_TRY(go, endOfEpoch(stop));
        }
        if (go == Go::stopRun)
            return {};
    }
    return {};
}

Result<Trainer::Go> Trainer::trainEpoch(std::int64_t skip, std::stop_token stop)
{
    const RandomState middle = skip ? randomState() : RandomState();
    if (skip)
        setRandomState(epochStart_); // draws the same order again, then goes on from where the run was
    else
        epochStart_ = randomState();
    Batches batches =
        planEpoch(p_.train.clips->rows(), s_, epoch_, streams_, p_.collective->rank(), p_.collective->worldSize());
    if (skip)
        setRandomState(middle);
    batchesInEpoch_ = static_cast<std::int64_t>(batches.size());
    epochOver_ = false;
    if (batches.empty())
        return failure("train.no_clips", "There are fewer clips than a batch holds, and dataloader_drop_last leaves out batches that are not full.");
    batches.erase(batches.begin(), batches.begin() + skip);
    const auto group = static_cast<std::size_t>(s_.gradient_accumulation_steps);
    BatchLoader loader(*p_.train.clips, *p_.extractor, batches, loaderThreads(), group + 2, augmentation());
    for (std::size_t first = 0; first < batches.size(); first += group) {
        const std::size_t count = std::min(group, batches.size() - first);
        EARMARK_TRY_VOID(accumulate(loader, batches, first, count));
        EARMARK_TRY_VOID(update());
        batchesDone_ = skip + static_cast<std::int64_t>(first + count);
        ++state_.global_step;
        state_.epoch = static_cast<double>(epoch_) + static_cast<double>(batchesDone_) / static_cast<double>(batchesInEpoch_);
        EARMARK_TRY(const Go go, afterStep(stop));
        if (go != Go::on)
            return go;
    }
    return Go::on;
}

Result<void> Trainer::accumulate(BatchLoader& loader, const Batches& batches, std::size_t first, std::size_t count)
{
    std::vector<std::int64_t> groupLabels;
    for (std::size_t i = first; i < first + count; ++i)
        for (const std::int64_t label : p_.train.targets.labelsOf(batches[i]))
            groupLabels.push_back(label);
    const std::optional<double> items = lossRule_.items(groupLabels);
    if (pretraining_)
        pretraining_->beginStep(state_.global_step);
    for (std::size_t i = 0; i < count; ++i) {
        LoadedBatch batch = loader.next();
        if (!batch.errors.empty() && !std::exchange(toldOfUnreadable_, true))
            p_.observer->remark({.code = "train.clip_unreadable",
                                 .message = "A clip can no longer be read and is left out of its batch: " + batch.errors.front().message,
                                 .parameters = {},
                                 .causes = {batch.errors.front()}});
        if (batch.items.empty())
            continue;
        const torch::Tensor loss = lossOf(std::move(batch), items, count);
        (scaler_ ? scaler_->scale(loss) : loss).backward();
        if (!pretraining_)
            countLoss(loss.detach());
    }
    if (pretraining_)
        countLoss(pretraining_->endGroup());
    return {};
}

/// To go backward from: a share of the group's mean, but in pretraining a sum, whose gradient is divided once the group's masked frames are known.
torch::Tensor Trainer::lossOf(LoadedBatch batch, std::optional<double> items, std::size_t batchesInGroup)
{
    ModelInputs inputs = collate(std::move(batch.features), p_.device);
    if (pretraining_) {
        inputs.labels = spokenIn(p_.train.targets, batch.items, p_.device);
        return pretraining_->loss(std::move(inputs), streams_);
    }
    const torch::Tensor labels = p_.train.targets.of(batch.items).to(p_.device);
    return lossRule_.compute(*p_.model, std::move(inputs), labels, items, autocast_).loss / lossRule_.divisor(batchesInGroup);
}

void Trainer::countLoss(torch::Tensor loss)
{
    if (s_.logging_nan_inf_filter) // a loss that is no number counts as the mean of those before it
        loss = torch::where(loss.isfinite(), loss, lossSum_ / static_cast<double>(1 + state_.global_step - lastLogged_));
    lossSum_ = lossSum_ + loss;
}

Result<void> Trainer::update()
{
    const std::vector<torch::Tensor> gradients = optimiser_.gradients();
    p_.collective->averageGradients(gradients);
    if (scaler_)
        scaler_->unscale(gradients);
    if (pretraining_)
        pretraining_->scale(gradients);
    gradientNorm_ = clipGradients(gradients, s_.max_grad_norm);
    // Without a scaler such a step would make every weight NaN. Asking costs a wait on a GPU: there the log asks.
    if (!scaler_ && gradientNorm_.is_cpu() && !std::isfinite(gradientNorm_.item<float>()))
        return failure("train.diverged", "The gradient is no longer a number at step " + std::to_string(state_.global_step + 1) +
                                             ". Use a smaller learning_rate or more warm-up; --resume goes on from the last checkpoint.");
    learningRate_ = schedule_->learningRate();
    optimiser_.step(learningRate_, scaler_ ? scaler_->foundInf() : torch::Tensor());
    // accelerate notices a skipped step only where the optimiser leaves skipping to the scaler; the fused one does it itself.
    const bool skipped = scaler_ && !s_.fusedOptimiser && scaler_->foundInf().item<float>() != 0;
    if (scaler_)
        scaler_->update();
    if (!skipped)
        schedule_->step();
    optimiser_.clearGradients();
    return {};
}

Result<Trainer::Go> Trainer::afterStep(std::stop_token stop)
{
    const std::int64_t step = state_.global_step;
    p_.observer->progress(step, plan_.totalSteps);
    trainingOver_ = step >= plan_.totalSteps;
    shouldLog_ = (step == 1 && s_.logging_first_step) || due(s_.logging_strategy, plan_.logging, step);
    pending_.evaluate = due(s_.eval_strategy, plan_.evaluation, step) && s_.eval_delay <= static_cast<double>(step);
    pending_.save = due(s_.save_strategy, plan_.saving, step) || (trainingOver_ && s_.save_strategy == Strategy::steps);
    pending_.endOfEpoch = trainingOver_ || batchesDone_ == batchesInEpoch_;
    EARMARK_TRY(const Go go, logEvaluateSave(false, stop));
    makeWay();
    if (go == Go::on && p_.collective->any(stop.stop_requested())) {
        EARMARK_TRY_VOID(saveForStop());
        return Go::stopRun;
    }
    return go == Go::on && trainingOver_ ? Go::stop : go;
}

Result<Trainer::Go> Trainer::endOfEpoch(std::stop_token stop)
{
    shouldLog_ = shouldLog_ || s_.logging_strategy == Strategy::epoch;
    pending_.evaluate = s_.eval_strategy == Strategy::epoch && s_.eval_delay <= state_.epoch;
    pending_.save = s_.save_strategy == Strategy::epoch;
    EARMARK_TRY(const Go go, logEvaluateSave(true, stop));
    if (go == Go::on && p_.collective->any(stop.stop_requested())) {
        EARMARK_TRY_VOID(saveForStop());
        return Go::stopRun;
    }
    return go;
}

Result<Trainer::Go> Trainer::logEvaluateSave(bool atEndOfEpoch, std::stop_token stop)
{
    if (shouldLog_ && state_.global_step > lastLogged_)
        EARMARK_TRY_VOID(logTraining());
    shouldLog_ = false;
    if (pending_.evaluate) {
        const RandomState before = randomState();
        EARMARK_TRY(const bool finished, evaluate(stop));
        if (!finished) { // the run that goes on evaluates again, drawing the same numbers
            setRandomState(before);
            if (atEndOfEpoch)
                pending_ = {.endOfEpoch = true};
            if (state_.global_step > 0)
                EARMARK_TRY_VOID(saveForStop());
            stopped_ = true;
            return Go::stopRun;
        }
        pending_.evaluate = false;
    }
    pending_.endOfEpoch = !atEndOfEpoch && (pending_.endOfEpoch || trainingOver_);
    epochOver_ = atEndOfEpoch;
    if (std::exchange(pending_.save, false))
        EARMARK_TRY_VOID(save());
    return Go::on;
}

} // namespace earmark::neural
