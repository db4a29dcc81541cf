// A run's settings, read once out of the recipe and checked together, with the rules of TrainingArguments.__post_init__ (4.57.6).
// Fields are spelled as there. Thread: any; a plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/error.h"
#include "engine/compute/problem_type.h"
#include "engine/neural/infer/clip_store.h"
#include "engine/recipe/recipe.h"

namespace earmark::neural
{

enum class Strategy { no, steps, epoch, best };

struct TrainingSettings {
    double num_train_epochs = 3;
    std::int64_t max_steps = -1;
    ProblemType problem_type = ProblemType::singleLabel;
    std::int64_t per_device_train_batch_size = 8;
    std::int64_t per_device_eval_batch_size = 8;
    std::int64_t gradient_accumulation_steps = 1;
    double label_smoothing_factor = 0;
    bool balancedClasses = false;
    std::uint64_t seed = 42;
    std::optional<std::uint64_t> data_seed;
    bool fp16 = false;
    bool bf16 = false;
    std::optional<bool> tf32;
    bool gradient_checkpointing = false;
    bool freeze_feature_encoder = false;
    bool freeze_base_model = false;
    std::int64_t freeze_layers = 0;
    std::string keep_frozen_features = "auto";
    std::optional<std::int64_t> early_stopping_patience;
    double early_stopping_threshold = 0;
    double max_gumbel_temperature = 2; ///< this and the next two: pretraining
    double min_gumbel_temperature = 0.5;
    double gumbel_temperature_decay = 0.999995;

    bool fusedOptimiser = true;
    double learning_rate = 5e-5;
    double weight_decay = 0;
    double adam_beta1 = 0.9;
    double adam_beta2 = 0.999;
    double adam_epsilon = 1e-8;
    double max_grad_norm = 1;
    std::string lr_scheduler_type = "linear";
    std::string lr_scheduler_kwargs;
    double warmup_ratio = 0;
    double warmup_steps = 0; ///< below 1 a share of all steps

    std::optional<bool> do_normalize;
    std::optional<bool> return_attention_mask;
    LengthRule train_length = LengthRule::randomCrop;
    LengthRule eval_length = LengthRule::whole;
    double max_length_seconds = 20;
    double min_duration_in_seconds = 3; ///< pretraining
    std::optional<std::int64_t> max_train_samples;
    std::optional<std::int64_t> max_eval_samples;
    bool group_by_length = false;
    bool dataloader_drop_last = false;
    std::int64_t dataloader_num_workers = 0;

    std::optional<double> mask_time_prob; ///< this and the next: of pretraining, whose masks are no part of the model
    std::optional<std::int64_t> mask_time_length;
    std::int64_t spec_time_masks = 0;
    std::int64_t spec_time_mask_length = 0;
    std::int64_t spec_frequency_masks = 0;
    std::int64_t spec_frequency_mask_length = 0;

    Strategy eval_strategy = Strategy::no;
    double eval_steps = 0; ///< below 1 a share of all steps, as save_steps and logging_steps
    double eval_delay = 0;
    bool eval_on_start = false;
    std::optional<std::string> metric_for_best_model; ///< with its "eval_"
    bool greater_is_better = false;
    bool load_best_model_at_end = false;
    Strategy save_strategy = Strategy::steps;
    double save_steps = 500;
    std::optional<std::int64_t> save_total_limit;
    bool save_only_model = false;
    Strategy logging_strategy = Strategy::steps;
    double logging_steps = 500;
    bool logging_first_step = false;
    bool logging_nan_inf_filter = true;
    bool tensorboard = false;
};

/// Errors: recipe.bad_value where settings do not fit together (the sentence names both), or not with the task.
Result<TrainingSettings> trainingSettings(const Recipe& recipe, bool hasValidation, const std::string& task = "classification");

/// The settings that must be the same for a run to go on from a checkpoint, as one line of JSON: all but those that only say where it ends,
/// when to evaluate, what to log and what to keep.
std::string resumeFingerprint(const Recipe& recipe);

/// The first setting of a fingerprint that the recipe has otherwise. The metric of the best model may change as long as there is none (`hasBest`).
/// Nothing where the run may go on.
struct ChangedSetting {
    std::string key;
    std::string was; ///< as JSON
    std::string now;
};
std::optional<ChangedSetting> changedSetting(const std::string& fingerprint, const Recipe& recipe, bool hasBest);

/// How a run's steps follow from its rows.
struct StepPlan {
    std::int64_t batchesPerEpoch = 0; ///< of this process
    std::int64_t stepsPerEpoch = 0;
    std::int64_t totalSteps = 0;
    std::int64_t epochs = 0; ///< begun, the last perhaps in part
    std::int64_t warmupSteps = 0;
    std::int64_t logging = 0; ///< steps between logs
    std::int64_t evaluation = 0;
    std::int64_t saving = 0;
};

StepPlan planSteps(const TrainingSettings& settings, std::int64_t rows, int worldSize = 1);

} // namespace earmark::neural
