// What a run leaves behind: logs, evaluations, the best model, checkpoints. The rest of Trainer is in trainer.cpp.
#include "engine/neural/train/trainer.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/neural/checkpoint/weights.h"
#include "engine/neural/train/evaluation.h"

namespace earmark::neural
{

namespace
{

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

/// As TensorBoardCallback.rewrite_logs.
std::string curveName(const std::string& metric)
{
    return metric.starts_with("eval_") ? "eval/" + metric.substr(5) : "train/" + metric;
}

} // namespace

// ---- logs and evaluations -----------------------------------------------------------------------------------------------

Result<void> Trainer::publish(const Metrics& metrics)
{
    state_.log(metrics);
    if (!board_)
        return {};
    if (std::filesystem::exists(board_->path()))
        return draw(state_.log_history.back());
    EARMARK_TRY_VOID(p_.mendFolder()); // deleted meanwhile: the curves are drawn again, from their beginning
    EARMARK_TRY(board_, TensorBoardWriter::open(p_.runFolder + "/runs"));
    for (const Json& logged : state_.log_history)
        EARMARK_TRY_VOID(draw(logged));
    return {};
}

Result<void> Trainer::draw(const Json& logged)
{
    for (const auto& [name, value] : logged.items())
        if (name != "step" && value.is_number())
            EARMARK_TRY_VOID(board_->scalar(curveName(name), value.get<double>(), logged["step"].get<std::int64_t>()));
    return {};
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
                          .totalSteps = plan_.totalSteps,
                          .metrics = pretraining_ ? pretraining_->log() : Metrics()};
    lossSum_.zero_();
    totalLoss_ += sum;
    lastLogged_ = state_.global_step;
    loggedAt_ = time;
    Metrics logged = {{"loss", event.loss}, {"grad_norm", event.gradientNorm}, {"learning_rate", event.learningRate}};
    logged.insert(logged.end(), event.metrics.begin(), event.metrics.end());
    EARMARK_TRY_VOID(publish(logged));
    p_.observer->step(event);
    return {};
}

std::optional<Metrics> Trainer::evaluateOn(const Batches& batches, std::stop_token stop)
{
    if (p_.pretrains)
        return evaluatePretraining({.model = p_.model.get(),
                                    .extractor = p_.extractor,
                                    .clips = p_.validation.clips,
                                    .targets = &p_.validation.targets,
                                    .spans = spansOf(*pretrainingOf(*p_.model), s_),
                                    .device = p_.device,
                                    .autocast = autocast_,
                                    .loaderThreads = loaderThreads(),
                                    .betweenBatches = [this] { makeWay(); }},
                                   batches, streams_, stop);
    const EvaluationRequest request{.model = p_.model.get(),
                                    .extractor = p_.extractor,
                                    .tokenizer = p_.tokenizer,
                                    .clips = p_.validation.clips,
                                    .targets = &p_.validation.targets,
                                    .lossRule = &lossRule_,
                                    .device = p_.device,
                                    .autocast = autocast_,
                                    .loaderThreads = loaderThreads(),
                                    .betweenBatches = [this] { makeWay(); }};
    return evaluateModel(request, batches, stop);
}

Result<bool> Trainer::evaluate(std::stop_token stop)
{
    const double begun = now();
    const Batches batches = planEvaluation(p_.validation.clips->rows(), s_, streams_);
    auto metrics = evaluateOn(batches, stop);
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
    if (pretraining_)
        progress.pretraining = pretraining_->state();
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
    EARMARK_TRY_VOID(p_.mendFolder());
    EARMARK_TRY(const std::string path,
                writeCheckpoint(p_.runFolder, parts(), optimiser_.state(), progress(), s_.save_only_model));
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
    const bool isSaved = savedAt_ == state_.global_step && std::filesystem::exists(p_.runFolder + "/" + checkpointName(state_.global_step));
    if (isSaved || !p_.collective->writesFiles())
        return {}; // what was left to do when it was written is done again, with the same draws
    EARMARK_TRY_VOID(p_.mendFolder());
    EARMARK_TRY(const std::string path, writeCheckpoint(p_.runFolder, parts(), optimiser_.state(), progress(), false));
    p_.observer->checkpoint({.step = state_.global_step, .path = path});
    return {};
}

Result<void> Trainer::loadBest()
{
    const std::string folder = p_.runFolder + "/" + state_.best_model_checkpoint;
    if (!std::filesystem::exists(folder)) { // as Trainer._load_best_model, which warns
        p_.observer->remark({.code = "train.best_is_gone",
                             .message = "The best checkpoint, " + state_.best_model_checkpoint + ", is gone: the model is that of the last step.",
                             .parameters = {{"checkpoint", state_.best_model_checkpoint}},
                             .causes = {}});
        return {};
    }
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
    if (s_.save_total_limit == 1 && !state_.best_model_checkpoint.empty() && p_.collective->writesFiles() &&
        std::filesystem::exists(p_.runFolder + "/" + state_.best_model_checkpoint))
        keepOnlyCheckpoint(p_.runFolder, state_.best_global_step);
    return {};
}

} // namespace earmark::neural
