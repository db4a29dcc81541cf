#include "engine/neural/train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

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

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::vector<std::int64_t> labelsOf(const std::vector<BatchItem>& items, const std::vector<std::int64_t>& labels)
{
    std::vector<std::int64_t> own;
    for (const BatchItem& item : items)
        own.push_back(labels[item.row]);
    return own;
}

std::string listed(const Metrics& metrics)
{
    std::string text;
    for (const auto& [name, value] : metrics)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

const double* find(const Metrics& metrics, const std::string& name)
{
    const auto found = std::ranges::find(metrics, name, &Metrics::value_type::first);
    return found == metrics.end() ? nullptr : &found->second;
}

bool due(Strategy strategy, std::int64_t interval, std::int64_t step)
{
    return strategy == Strategy::steps && interval > 0 && step % interval == 0;
}

/// As TensorBoardCallback.rewrite_logs.
std::string curveName(const std::string& metric)
{
    return metric.starts_with("eval_") ? "eval/" + metric.substr(5) : "train/" + metric;
}

} // namespace

Trainer::Trainer(TrainerParts parts)
    : p_(std::move(parts)), s_(p_.settings),
      plan_(planSteps(s_, static_cast<std::int64_t>(p_.train.clips->rows().size()), p_.collective->worldSize())), streams_(s_.seed),
      lossRule_(p_.model->acceptsLossKwargs(), s_.label_smoothing_factor,
                s_.balancedClasses ? balancedWeights(p_.train.labels, static_cast<std::int64_t>(p_.model->labels().size())) : std::vector<float>(),
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

double Trainer::elapsed() const { return secondsBefore_ + now() - startedAt_; }

int Trainer::loaderThreads() const
{
    const int chosen = static_cast<int>(s_.dataloader_num_workers);
    return chosen > 0 ? chosen : std::max(1, physicalCores() / 2);
}

Augmentation Trainer::augmentation() const
{
    const SpectrogramMasks masks{s_.spec_time_masks, s_.spec_time_mask_length, s_.spec_frequency_masks, s_.spec_frequency_mask_length, p_.maskFill};
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
        for (const std::int64_t label : labelsOf(batches[i], p_.train.labels))
            groupLabels.push_back(label);
    const std::optional<double> items = lossRule_.items(groupLabels);
    for (std::size_t i = 0; i < count; ++i) {
        LoadedBatch batch = loader.next();
        if (!batch.errors.empty() && !std::exchange(toldOfUnreadable_, true))
            p_.observer->remark("A clip can no longer be read and is left out of its batch: " + batch.errors.front().message);
        if (batch.items.empty())
            continue;
        const torch::Tensor labels = torch::tensor(labelsOf(batch.items, p_.train.labels)).to(p_.device);
        torch::Tensor loss =
            lossRule_.compute(*p_.model, collate(std::move(batch.features), p_.device), labels, items, autocast_).loss / lossRule_.divisor(count);
        (scaler_ ? scaler_->scale(loss) : loss).backward();
        loss = loss.detach();
        if (s_.logging_nan_inf_filter) // a loss that is no number counts as the mean of those before it
            loss = torch::where(loss.isfinite(), loss, lossSum_ / static_cast<double>(1 + state_.global_step - lastLogged_));
        lossSum_ = lossSum_ + loss;
    }
    return {};
}

Result<void> Trainer::update()
{
    const std::vector<torch::Tensor> gradients = optimiser_.gradients();
    p_.collective->averageGradients(gradients);
    if (scaler_)
        scaler_->unscale(gradients);
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

// ---- logs and evaluations -----------------------------------------------------------------------------------------------

Result<void> Trainer::publish(const Metrics& metrics)
{
    state_.log(metrics);
    if (!board_)
        return {};
    for (const auto& [name, value] : metrics)
        EARMARK_TRY_VOID(board_->scalar(curveName(name), value, state_.global_step));
    return board_->scalar(curveName("epoch"), state_.epoch, state_.global_step);
}

Result<void> Trainer::logTraining()
{
    const double sum = p_.collective->sum(lossSum_.item<double>()) / p_.collective->worldSize();
    const auto steps = static_cast<double>(state_.global_step - lastLogged_);
    const double norm = gradientNorm_.item<double>();
    if (!scaler_ && !std::isfinite(norm))
        return failure("train.diverged", "The gradient is no longer a number at step " + std::to_string(state_.global_step) +
                                             ". Use a smaller learning_rate or more warm-up; --resume goes on from the last checkpoint.");
    const double time = now();
    const StepEvent event{.step = state_.global_step,
                          .epoch = state_.epoch,
                          .loss = sum / steps,
                          .gradientNorm = norm,
                          .learningRate = learningRate_,
                          .stepsPerSecond = time > loggedAt_ ? steps / (time - loggedAt_) : 0,
                          .totalSteps = plan_.totalSteps};
    lossSum_.zero_();
    totalLoss_ += sum;
    lastLogged_ = state_.global_step;
    loggedAt_ = time;
    EARMARK_TRY_VOID(publish({{"loss", event.loss}, {"grad_norm", event.gradientNorm}, {"learning_rate", event.learningRate}}));
    p_.observer->step(event);
    return {};
}

Result<bool> Trainer::evaluate(std::stop_token stop)
{
    const double begun = now();
    const Batches batches = planEvaluation(p_.validation.clips->rows(), s_, streams_);
    const EvaluationRequest request{.model = p_.model.get(),
                                    .extractor = p_.extractor,
                                    .clips = p_.validation.clips,
                                    .labels = &p_.validation.labels,
                                    .lossRule = &lossRule_,
                                    .device = p_.device,
                                    .autocast = autocast_,
                                    .loaderThreads = loaderThreads(),
                                    .betweenBatches = [this] { makeWay(); }};
    auto metrics = evaluateModel(request, batches, stop);
    p_.model->train();
    if (!metrics)
        return false;
    const double seconds = std::max(1e-9, now() - begun);
    metrics->emplace_back("eval_runtime", seconds);
    metrics->emplace_back("eval_samples_per_second", static_cast<double>(p_.validation.clips->rows().size()) / seconds);
    metrics->emplace_back("eval_steps_per_second", static_cast<double>(batches.size()) / seconds);
    EARMARK_TRY_VOID(publish(*metrics));
    p_.observer->evaluated({.step = state_.global_step, .epoch = state_.epoch, .metrics = *metrics});
    if (s_.metric_for_best_model)
        EARMARK_TRY_VOID(judge(*metrics));
    return true;
}

Result<void> Trainer::judge(const Metrics& metrics)
{
    const double* metric = find(metrics, *s_.metric_for_best_model);
    if (!metric)
        return failure("recipe.bad_value", "The setting metric_for_best_model names no metric of the evaluation: " + listed(metrics) + ".", {},
                       {{"setting", "metric_for_best_model"}});
    if (s_.early_stopping_patience)
        countTowardsEarlyStop(*metric);
    if (state_.global_step == 0)
        return {}; // eval_on_start: neither schedule nor best model heed it
    schedule_->stepMetric(*metric);
    const bool better = !std::isnan(*metric) && (!state_.best_metric || (s_.greater_is_better ? *metric > *state_.best_metric
                                                                                             : *metric < *state_.best_metric));
    if (better) {
        state_.best_metric = *metric;
        state_.best_global_step = state_.global_step;
    }
    if (s_.save_strategy == Strategy::best)
        pending_.save = better;
    return {};
}

/// EarlyStoppingCallback: compares with the best of the evaluations before this one.
void Trainer::countTowardsEarlyStop(double metric)
{
    const bool better = !state_.best_metric || ((s_.greater_is_better ? metric > *state_.best_metric : metric < *state_.best_metric) &&
                                                std::abs(metric - *state_.best_metric) > s_.early_stopping_threshold);
    state_.earlyStoppingCounter = better ? 0 : state_.earlyStoppingCounter + 1;
    if (state_.earlyStoppingCounter >= *s_.early_stopping_patience)
        trainingOver_ = true;
}

// ---- checkpoints --------------------------------------------------------------------------------------------------------

RunProgress Trainer::progress() const
{
    RunProgress progress{.state = state_,
                         .epoch = epochOver_ ? epoch_ + 1 : epoch_,
                         .batchesDone = epochOver_ ? 0 : batchesDone_,
                         .epochStart = epochStart_,
                         .now = randomState(),
                         .pending = pending_,
                         .schedule = schedule_->state(),
                         .lossSum = lossSum_.item<double>(),
                         .totalLoss = totalLoss_,
                         .lastLoggedStep = lastLogged_,
                         .seconds = elapsed(),
                         .settings = p_.settingsFingerprint,
                         .data = p_.dataFingerprint,
                         .validationData = p_.validationFingerprint};
    if (scaler_)
        progress.scaler = {{"scale", scaler_->value()}, {"growth_tracker", scaler_->growthTracker()}};
    return progress;
}

Result<void> Trainer::save()
{
    if (!p_.collective->writesFiles())
        return {};
    const std::string bestName = checkpointName(state_.best_global_step);
    const bool isBest = state_.best_global_step == state_.global_step;
    if (state_.best_global_step > 0 && (isBest || std::filesystem::exists(p_.runFolder + "/" + bestName)))
        state_.best_model_checkpoint = bestName;
    EARMARK_TRY(const std::string path,
                writeCheckpoint(p_.runFolder, *p_.model, *p_.extractor, optimiser_.state(), progress(), s_.save_only_model));
    if (!s_.save_only_model)
        savedAt_ = state_.global_step;
    if (s_.save_total_limit)
        rotateCheckpoints(p_.runFolder, *s_.save_total_limit, state_.best_model_checkpoint.empty() ? 0 : state_.best_global_step);
    p_.observer->checkpoint({.step = state_.global_step, .path = path});
    return {};
}

Result<void> Trainer::saveForStop()
{
    stopped_ = true;
    if (savedAt_ == state_.global_step || !p_.collective->writesFiles())
        return {}; // what was left to do when it was written is done again, with the same draws
    EARMARK_TRY(const std::string path, writeCheckpoint(p_.runFolder, *p_.model, *p_.extractor, optimiser_.state(), progress(), false));
    p_.observer->checkpoint({.step = state_.global_step, .path = path});
    return {};
}

Result<void> Trainer::loadBest()
{
    const std::string folder = p_.runFolder + "/" + state_.best_model_checkpoint;
    EARMARK_TRY(const StateDict weights, loadStateDict(folder));
    const AssignReport report = assignStateDict(*p_.model, weights, p_.model->baseModelPrefix());
    if (!report.missing.empty() || !report.mismatched.empty())
        return failure("model.bad_weights", quoteName(folder) + " does not hold the weights of this model.", folder);
    return {};
}

Result<void> Trainer::finish()
{
    if (s_.load_best_model_at_end && !state_.best_model_checkpoint.empty())
        EARMARK_TRY_VOID(loadBest());
    totalLoss_ += p_.collective->sum(lossSum_.item<double>()) / p_.collective->worldSize();
    lossSum_.zero_();
    const double seconds = std::max(1e-9, elapsed());
    const double steps = static_cast<double>(state_.global_step);
    const double rows = s_.max_steps > 0 ? static_cast<double>(s_.max_steps * s_.per_device_train_batch_size * s_.gradient_accumulation_steps)
                                         : static_cast<double>(p_.train.clips->rows().size()) * s_.num_train_epochs;
    EARMARK_TRY_VOID(publish({{"train_runtime", seconds},
                              {"train_samples_per_second", rows / seconds},
                              {"train_steps_per_second", static_cast<double>(state_.max_steps) / seconds},
                              {"total_flos", 0.0},
                              {"train_loss", totalLoss_ / std::max(0.001, steps)}}));
    if (s_.save_total_limit == 1 && !state_.best_model_checkpoint.empty() && p_.collective->writesFiles())
        keepOnlyCheckpoint(p_.runFolder, state_.best_global_step);
    return {};
}

} // namespace earmark::neural
