#include "engine/neural/train/settings.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/neural/checkpoint/json.h"

namespace earmark::neural
{

namespace
{

Strategy strategy(const std::string& word)
{
    return word == "steps" ? Strategy::steps : word == "epoch" ? Strategy::epoch : word == "best" ? Strategy::best : Strategy::no;
}

LengthRule lengthRule(const std::string& word)
{
    return word == "truncate"      ? LengthRule::truncate
           : word == "random_crop" ? LengthRule::randomCrop
           : word == "drop_longer" ? LengthRule::dropLonger
           : word == "windows"     ? LengthRule::windows
                                   : LengthRule::whole;
}

std::optional<std::int64_t> optionalInteger(const Recipe& recipe, std::string_view key)
{
    return recipe.has(key) ? std::optional(recipe.integer(key)) : std::nullopt;
}

std::optional<bool> optionalBoolean(const Recipe& recipe, std::string_view key)
{
    return recipe.has(key) ? std::optional(recipe.boolean(key)) : std::nullopt;
}

tl::unexpected<Error> conflict(const std::string& setting, const std::string& sentence)
{
    return failure("recipe.bad_value", sentence, {}, {{"setting", setting}});
}

void readOptimiser(TrainingSettings& s, const Recipe& recipe)
{
    s.fusedOptimiser = recipe.text("optim") != "adamw_torch";
    s.learning_rate = recipe.number("learning_rate");
    s.weight_decay = recipe.number("weight_decay");
    s.adam_beta1 = recipe.number("adam_beta1");
    s.adam_beta2 = recipe.number("adam_beta2");
    s.adam_epsilon = recipe.number("adam_epsilon");
    s.max_grad_norm = recipe.number("max_grad_norm");
    s.lr_scheduler_type = recipe.text("lr_scheduler_type");
    s.lr_scheduler_kwargs = recipe.text("lr_scheduler_kwargs");
    s.warmup_ratio = recipe.number("warmup_ratio");
    s.warmup_steps = recipe.number("warmup_steps");
}

void readTraining(TrainingSettings& s, const Recipe& recipe)
{
    s.num_train_epochs = recipe.number("num_train_epochs");
    s.max_steps = recipe.integer("max_steps");
    s.problem_type = problemTypeNamed(recipe.text("problem_type"));
    s.per_device_train_batch_size = recipe.integer("per_device_train_batch_size");
    s.per_device_eval_batch_size = recipe.integer("per_device_eval_batch_size");
    s.gradient_accumulation_steps = recipe.integer("gradient_accumulation_steps");
    s.label_smoothing_factor = recipe.number("label_smoothing_factor");
    s.balancedClasses = recipe.text("class_weights") == "balanced";
    s.seed = static_cast<std::uint64_t>(recipe.integer("seed"));
    if (recipe.has("data_seed"))
        s.data_seed = static_cast<std::uint64_t>(recipe.integer("data_seed"));
    s.fp16 = recipe.boolean("fp16");
    s.bf16 = recipe.boolean("bf16");
    s.tf32 = optionalBoolean(recipe, "tf32");
    s.gradient_checkpointing = recipe.boolean("gradient_checkpointing");
    s.freeze_feature_encoder = recipe.boolean("freeze_feature_encoder");
    s.freeze_base_model = recipe.boolean("freeze_base_model");
    s.freeze_layers = recipe.integer("freeze_layers");
    s.keep_frozen_features = recipe.text("keep_frozen_features");
    s.early_stopping_patience = optionalInteger(recipe, "early_stopping_patience");
    s.early_stopping_threshold = recipe.number("early_stopping_threshold");
    s.max_gumbel_temperature = recipe.number("max_gumbel_temperature");
    s.min_gumbel_temperature = recipe.number("min_gumbel_temperature");
    s.gumbel_temperature_decay = recipe.number("gumbel_temperature_decay");
}

void readData(TrainingSettings& s, const Recipe& recipe)
{
    s.do_normalize = optionalBoolean(recipe, "do_normalize");
    s.return_attention_mask = optionalBoolean(recipe, "return_attention_mask");
    s.train_length = lengthRule(recipe.text("train_length"));
    s.eval_length = lengthRule(recipe.text("eval_length"));
    s.max_length_seconds = recipe.number("max_length_seconds");
    s.min_duration_in_seconds = recipe.number("min_duration_in_seconds");
    if (recipe.has("mask_time_prob"))
        s.mask_time_prob = recipe.number("mask_time_prob");
    s.mask_time_length = optionalInteger(recipe, "mask_time_length");
    s.max_train_samples = optionalInteger(recipe, "max_train_samples");
    s.max_eval_samples = optionalInteger(recipe, "max_eval_samples");
    s.group_by_length = recipe.boolean("group_by_length");
    s.dataloader_drop_last = recipe.boolean("dataloader_drop_last");
    s.dataloader_num_workers = recipe.integer("dataloader_num_workers");
    s.spec_time_masks = recipe.integer("spec_time_masks");
    s.spec_time_mask_length = recipe.integer("spec_time_mask_length");
    s.spec_frequency_masks = recipe.integer("spec_frequency_masks");
    s.spec_frequency_mask_length = recipe.integer("spec_frequency_mask_length");
}

/// Of which less is better. Upstream takes a word error rate for something to be raised.
bool isError(const std::string& metric)
{
    return std::ranges::any_of(std::initializer_list<const char*>{"loss", "wer", "cer", "mse", "mae"}, [&](const char* name) { return metric.ends_with(name); });
}

void readKeeping(TrainingSettings& s, const Recipe& recipe)
{
    s.eval_strategy = strategy(recipe.text("eval_strategy"));
    s.eval_delay = recipe.number("eval_delay");
    s.eval_on_start = recipe.boolean("eval_on_start");
    s.load_best_model_at_end = recipe.boolean("load_best_model_at_end");
    s.save_strategy = strategy(recipe.text("save_strategy"));
    s.save_steps = recipe.number("save_steps");
    s.save_total_limit = optionalInteger(recipe, "save_total_limit");
    s.save_only_model = recipe.boolean("save_only_model");
    s.logging_strategy = strategy(recipe.text("logging_strategy"));
    s.logging_steps = recipe.number("logging_steps");
    s.logging_first_step = recipe.boolean("logging_first_step");
    s.logging_nan_inf_filter = recipe.boolean("logging_nan_inf_filter");
    s.tensorboard = recipe.text("report_to") == "tensorboard";
    s.eval_steps = recipe.has("eval_steps") && recipe.number("eval_steps") > 0 ? recipe.number("eval_steps") : s.logging_steps;
    if (recipe.has("metric_for_best_model"))
        s.metric_for_best_model = recipe.text("metric_for_best_model");
    else if (s.load_best_model_at_end || s.early_stopping_patience || s.save_strategy == Strategy::best ||
             s.lr_scheduler_type == "reduce_lr_on_plateau")
        s.metric_for_best_model = "loss";
    if (!s.metric_for_best_model)
        return;
    s.greater_is_better =
        recipe.has("greater_is_better") ? recipe.boolean("greater_is_better") : !isError(*s.metric_for_best_model);
    if (!s.metric_for_best_model->starts_with("eval_"))
        s.metric_for_best_model = "eval_" + *s.metric_for_best_model;
    if (s.metric_for_best_model == "eval_f1") // the mean over the labels, as the model card's
        s.metric_for_best_model = "eval_macro_f1";
}

/// A number of steps is whole, or a share below 1.
Result<void> checkSteps(const char* key, double value)
{
    if (value >= 1 && value != std::floor(value))
        return conflict(key, std::string("The setting ") + key + " must be a whole number of steps, or a share of all steps below 1.");
    return {};
}

Result<void> checkEvaluation(const TrainingSettings& s, bool hasValidation)
{
    const bool evaluates = s.eval_strategy != Strategy::no;
    const auto needsEvaluation = [&](const char* key) {
        return conflict(key, std::string("The setting ") + key + " needs evaluations: set eval_strategy to epoch or steps.");
    };
    if (evaluates && !hasValidation)
        return conflict("eval_strategy", "The setting eval_strategy asks for evaluations, but the validation split is empty: make one with "
                                         "“earmark-cli split”, or set eval_strategy to no.");
    if (!evaluates && s.load_best_model_at_end)
        return needsEvaluation("load_best_model_at_end");
    if (!evaluates && s.early_stopping_patience)
        return needsEvaluation("early_stopping_patience");
    if (!evaluates && s.save_strategy == Strategy::best)
        return needsEvaluation("save_strategy=best");
    if (!evaluates && s.lr_scheduler_type == "reduce_lr_on_plateau")
        return needsEvaluation("lr_scheduler_type=reduce_lr_on_plateau");
    if (!s.load_best_model_at_end || s.save_strategy == Strategy::best)
        return {};
    if (s.eval_strategy != s.save_strategy)
        return conflict("load_best_model_at_end", "With load_best_model_at_end, save_strategy must be the same as eval_strategy.");
    const bool shares = s.eval_steps < 1 && s.save_steps < 1;
    const double scale = shares ? 1e6 : 1;
    if (s.eval_strategy == Strategy::steps &&
        ((s.eval_steps < 1) != (s.save_steps < 1) || std::fmod(std::round(s.save_steps * scale), std::round(s.eval_steps * scale)) != 0))
        return conflict("load_best_model_at_end", "With load_best_model_at_end, save_steps must be a multiple of eval_steps.");
    return {};
}

/// Before hours are spent on the way to the first evaluation.
Result<void> checkMetric(const TrainingSettings& s, const std::string& task)
{
    struct Known {
        std::set<std::string> metrics;
        const char* words;
    };
    static const Known classifiers{{"eval_loss", "eval_accuracy", "eval_macro_f1", "eval_weighted_f1"}, "loss, accuracy, macro_f1 (or f1) or weighted_f1"};
    static const Known several{{"eval_loss", "eval_accuracy", "eval_micro_f1", "eval_macro_f1", "eval_map"}, "loss, accuracy, micro_f1, macro_f1 (or f1) or map"};
    static const Known numbers{{"eval_loss", "eval_mse", "eval_mae", "eval_r2", "eval_pearson"}, "loss, mse, mae, r2 or pearson"};
    static const Known recognisers{{"eval_loss", "eval_wer", "eval_cer"}, "loss, wer or cer"};
    static const Known pretrained{{"eval_loss", "eval_contrastive_loss", "eval_diversity_loss", "eval_accuracy", "eval_perplexity"},
                                  "loss, contrastive_loss, diversity_loss, accuracy or perplexity"};
    const Known& known = task == "ctc"                                ? recognisers
                         : task == "pretraining"                     ? pretrained
                         : s.problem_type == ProblemType::multiLabel ? several
                         : s.problem_type == ProblemType::regression ? numbers
                                                                     : classifiers;
    if (s.metric_for_best_model && !known.metrics.contains(*s.metric_for_best_model))
        return conflict("metric_for_best_model", std::string("The setting metric_for_best_model names no metric of the evaluation: give ") + known.words + ".");
    return {};
}

/// Their losses speak of each label or number by itself.
Result<void> checkProblem(const TrainingSettings& s)
{
    if (s.problem_type == ProblemType::singleLabel)
        return {};
    const std::string problem = std::string("problem_type=") + problemTypeName(s.problem_type);
    if (s.label_smoothing_factor > 0)
        return conflict("label_smoothing_factor", "The loss of " + problem + " has no label smoothing: leave out label_smoothing_factor.");
    if (s.balancedClasses)
        return conflict("class_weights", "The loss of " + problem + " has no weights of labels: leave out class_weights.");
    return {};
}

/// A text belongs to its clip as a whole, and its loss knows no smoothing and no rare labels.
Result<void> checkRecognition(const TrainingSettings& s)
{
    const auto keeps = [](LengthRule rule) { return rule == LengthRule::whole || rule == LengthRule::dropLonger; };
    if (!keeps(s.train_length))
        return conflict("train_length", "A clip that is cut no longer fits its text: with --task ctc, train_length is whole or drop_longer.");
    if (!keeps(s.eval_length))
        return conflict("eval_length", "A clip that is cut no longer fits its text: with --task ctc, eval_length is whole or drop_longer.");
    if (s.problem_type != ProblemType::singleLabel)
        return conflict("problem_type", "With --task ctc characters are learnt, not labels or numbers: leave out problem_type.");
    if (s.label_smoothing_factor > 0)
        return conflict("label_smoothing_factor", "The loss of --task ctc has no label smoothing: leave out label_smoothing_factor.");
    if (s.balancedClasses)
        return conflict("class_weights", "With --task ctc there are no classes to weigh: leave out class_weights.");
    return {};
}

/// What there are no labels for, and what would not be learnt from then.
Result<void> checkPretraining(const TrainingSettings& s)
{
    if (s.problem_type != ProblemType::singleLabel)
        return conflict("problem_type", "Pretraining learns neither labels nor numbers: leave out problem_type.");
    if (s.label_smoothing_factor > 0)
        return conflict("label_smoothing_factor", "Pretraining has no labels to smooth: leave out label_smoothing_factor.");
    if (s.balancedClasses)
        return conflict("class_weights", "Pretraining has no labels to weigh: leave out class_weights.");
    if (s.freeze_base_model)
        return conflict("freeze_base_model", "Pretraining is for the base model: leave out freeze_base_model.");
    if (s.min_gumbel_temperature > s.max_gumbel_temperature)
        return conflict("min_gumbel_temperature", "The setting min_gumbel_temperature is above max_gumbel_temperature.");
    return {};
}

Result<void> check(const TrainingSettings& s, bool hasValidation, const std::string& task)
{
    EARMARK_TRY_VOID(checkMetric(s, task));
    EARMARK_TRY_VOID(checkProblem(s));
    if (task == "ctc")
        EARMARK_TRY_VOID(checkRecognition(s));
    if (task == "pretraining")
        EARMARK_TRY_VOID(checkPretraining(s));
    if (s.fp16 && s.bf16)
        return conflict("fp16", "At most one of fp16 and bf16 can be true.");
    if (s.max_steps == 0 || (s.max_steps < 0 && s.num_train_epochs <= 0))
        return conflict("num_train_epochs", "There is nothing to train: give num_train_epochs or max_steps above 0.");
    if (s.logging_strategy == Strategy::steps && s.logging_steps == 0)
        return conflict("logging_steps", "The setting logging_steps cannot be 0 while logging_strategy is steps.");
    if (s.train_length == LengthRule::windows && s.max_length_seconds <= 0)
        return conflict("max_length_seconds", "With train_length=windows, max_length_seconds must be above 0.");
    EARMARK_TRY_VOID(checkSteps("logging_steps", s.logging_steps));
    EARMARK_TRY_VOID(checkSteps("eval_steps", s.eval_steps));
    EARMARK_TRY_VOID(checkSteps("save_steps", s.save_steps));
    EARMARK_TRY_VOID(checkSteps("warmup_steps", s.warmup_steps));
    return checkEvaluation(s, hasValidation);
}

std::int64_t interval(double steps, std::int64_t total)
{
    return static_cast<std::int64_t>(steps < 1 ? std::ceil(static_cast<double>(total) * steps) : steps);
}

} // namespace

Result<TrainingSettings> trainingSettings(const Recipe& recipe, bool hasValidation, const std::string& task)
{
    TrainingSettings settings;
    readTraining(settings, recipe);
    readOptimiser(settings, recipe);
    readData(settings, recipe);
    readKeeping(settings, recipe);
    EARMARK_TRY_VOID(check(settings, hasValidation, task));
    return settings;
}

std::string resumeFingerprint(const Recipe& recipe)
{
    static const std::set<std::string> free = {
        "num_train_epochs",      "max_steps",
        "eval_strategy",         "eval_steps",             "eval_delay",               "eval_on_start",      "per_device_eval_batch_size",
        "early_stopping_patience", "early_stopping_threshold", "load_best_model_at_end",
        "save_strategy",         "save_steps",             "save_total_limit",         "save_only_model",
        "logging_strategy",      "logging_steps",          "logging_first_step",       "logging_nan_inf_filter", "report_to",
        "dataloader_num_workers", "keep_frozen_features",  "length_column_name",       "gradient_checkpointing"};
    Json kept = Json::parse(recipe.toJson(), nullptr, false);
    for (const std::string& key : free)
        kept.erase(key);
    return kept.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<ChangedSetting> changedSetting(const std::string& fingerprint, const Recipe& recipe, bool hasBest)
{
    const Json was = Json::parse(fingerprint, nullptr, false);
    const Json now = Json::parse(resumeFingerprint(recipe), nullptr, false);
    if (!was.is_object())
        return ChangedSetting{.key = "settings", .was = "unreadable", .now = "given"};
    for (const auto& [key, value] : now.items()) {
        const bool ofBest = key == "metric_for_best_model" || key == "greater_is_better";
        if (was.contains(key) && was[key] != value && (hasBest || !ofBest))
            return ChangedSetting{.key = key, .was = was[key].dump(), .now = value.dump()};
    }
    return std::nullopt;
}

StepPlan planSteps(const TrainingSettings& s, std::int64_t rows, int worldSize)
{
    StepPlan plan;
    const std::int64_t batch = s.per_device_train_batch_size;
    const std::int64_t batches = s.dataloader_drop_last ? rows / batch : (rows + batch - 1) / batch;
    plan.batchesPerEpoch = (batches + worldSize - 1) / worldSize;
    const std::int64_t group = s.gradient_accumulation_steps;
    plan.stepsPerEpoch = std::max<std::int64_t>((plan.batchesPerEpoch + group - 1) / group, 1);
    if (s.max_steps > 0) {
        plan.totalSteps = s.max_steps;
        plan.epochs = (s.max_steps + plan.stepsPerEpoch - 1) / plan.stepsPerEpoch;
    } else {
        plan.totalSteps = static_cast<std::int64_t>(std::ceil(s.num_train_epochs * static_cast<double>(plan.stepsPerEpoch)));
        plan.epochs = static_cast<std::int64_t>(std::ceil(s.num_train_epochs));
    }
    const double total = static_cast<double>(plan.totalSteps);
    const double warmup = s.warmup_steps >= 1 ? s.warmup_steps : std::ceil(total * (s.warmup_steps > 0 ? s.warmup_steps : s.warmup_ratio));
    plan.warmupSteps = static_cast<std::int64_t>(warmup);
    plan.logging = interval(s.logging_steps, plan.totalSteps);
    plan.evaluation = interval(s.eval_steps, plan.totalSteps);
    plan.saving = interval(s.save_steps, plan.totalSteps);
    return plan;
}

} // namespace earmark::neural
