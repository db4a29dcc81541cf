#include "engine/recipe/recipe.h"

#include <algorithm>
#include <limits>

namespace earmark
{

namespace
{

constexpr auto boolean = SettingType::boolean;
constexpr auto integer = SettingType::integer;
constexpr auto number = SettingType::number;
constexpr auto text = SettingType::text;
constexpr auto choice = SettingType::choice;

constexpr double any = std::numeric_limits<double>::infinity();
constexpr double billion = 1e9;
constexpr double largestSeed = 4294967295.0; // NumPy's legacy generator takes 32 bits
constexpr std::monostate notSet;
constexpr bool common = true;
constexpr bool rare = false;

SettingValue whole(std::int64_t value) { return value; }
SettingValue word(const char* value) { return std::string(value); }

// clang-format off
const std::vector<Setting> table = {
    // key, type, default, lowest, highest, choices, aliases, section, common, explanation, title
    {"num_train_epochs", number, 3.0, 0, 1e6, {}, {}, "training", common, "How many times the training clips are gone through", "Epochs"},
    {"max_steps", integer, whole(-1), -1, billion, {}, {}, "training", rare, "Where above 0: the number of optimiser steps, instead of num_train_epochs", "Steps at most"},
    {"per_device_train_batch_size", integer, whole(8), 1, 65536, {}, {"train_batch_size"}, "training", common, "Clips in a training batch", "Batch size"},
    {"gradient_accumulation_steps", integer, whole(1), 1, 65536, {}, {}, "training", common, "Batches whose gradients are summed for one optimiser step", "Batches for one step"},
    {"label_smoothing_factor", number, 0.0, 0, 1, {}, {}, "training", rare, "Share of each label's weight that is spread over all labels", "Label smoothing"},
    {"class_weights", choice, word("none"), 0, 0, {"none", "balanced"}, {}, "training", rare, "Earmark's own: balanced weighs each label's loss by how rare it is, n / (labels * count)", "Weights of labels"},
    {"seed", integer, whole(42), 0, largestSeed, {}, {}, "training", rare, "Seed of everything that is drawn: new weights, order of clips, dropout, crops, masks", "Seed"},
    {"data_seed", integer, notSet, 0, largestSeed, {}, {}, "training", rare, "Seed of the order of clips alone; seed where not set", "Seed of the order"},
    {"fp16", boolean, false, 0, 0, {}, {}, "training", rare, "Mixed precision with 16-bit floats and a gradient scaler (CUDA)", "16-bit floats"},
    {"bf16", boolean, false, 0, 0, {}, {}, "training", rare, "Mixed precision with bfloat16", "bfloat16"},
    {"tf32", boolean, notSet, 0, 0, {}, {}, "training", rare, "Let CUDA multiply float32 in the shorter TF32 form; LibTorch's default where not set", "TF32"},
    {"gradient_checkpointing", boolean, false, 0, 0, {}, {}, "training", rare, "Compute activations again in the backward pass: less memory, more time", "Save memory, take time"},
    {"freeze_feature_encoder", boolean, true, 0, 0, {}, {}, "training", rare, "Keep the convolutions that read the waveform as they are (a family without them: no effect; a scratch preset trains them)", "Keep the front end"},
    {"freeze_base_model", boolean, false, 0, 0, {}, {}, "training", common, "Keep all but the head as it is", "Train only the head"},
    {"freeze_layers", integer, whole(0), 0, 1000, {}, {}, "training", rare, "Earmark's own: keep the lowest N layers, and all below them, as they are", "Layers kept as they are"},
    {"keep_frozen_features", choice, word("auto"), 0, 0, {"auto", "on", "off"}, {}, "training", rare, "Earmark's own: compute what is frozen once instead of every epoch; auto where that changes no number", "Compute frozen layers once"},
    {"early_stopping_patience", integer, notSet, 1, billion, {}, {}, "training", common, "Stop after so many evaluations without a better metric; never where not set", "Stop early after"},
    {"early_stopping_threshold", number, 0.0, 0, any, {}, {}, "training", rare, "By how much a metric must be better to count", "Least improvement"},
    {"max_gumbel_temperature", number, 2.0, 0.001, 1e6, {}, {}, "training", rare, "Pretraining alone: temperature of the choice of code vectors at the first step", "Highest Gumbel temperature"},
    {"min_gumbel_temperature", number, 0.5, 0.001, 1e6, {}, {}, "training", rare, "Pretraining alone: the temperature falls no lower", "Lowest Gumbel temperature"},
    {"gumbel_temperature_decay", number, 0.999995, 0, 1, {}, {}, "training", rare, "Pretraining alone: what each step multiplies the temperature by", "Fall of the Gumbel temperature"},

    {"optim", choice, word("adamw_torch_fused"), 0, 0, {"adamw_torch_fused", "adamw_torch"}, {}, "optimiser", rare, "The optimiser: AdamW, in one kernel or step by step", "Optimiser"},
    {"learning_rate", number, 5e-5, 0, any, {}, {}, "optimiser", common, "The highest learning rate of the schedule", "Learning rate"},
    {"weight_decay", number, 0.0, 0, any, {}, {}, "optimiser", rare, "AdamW's decay of weights (not of biases and norms)", "Weight decay"},
    {"adam_beta1", number, 0.9, 0, 1, {}, {}, "optimiser", rare, "AdamW's memory of the gradient", "Beta 1"},
    {"adam_beta2", number, 0.999, 0, 1, {}, {}, "optimiser", rare, "AdamW's memory of the squared gradient", "Beta 2"},
    {"adam_epsilon", number, 1e-8, 0, any, {}, {}, "optimiser", rare, "AdamW's guard against division by zero", "Epsilon"},
    {"max_grad_norm", number, 1.0, 0, any, {}, {}, "optimiser", rare, "Longer gradients are shortened to this norm; 0 leaves them", "Longest gradient"},

    {"lr_scheduler_type", choice, word("linear"), 0, 0,
     {"linear", "cosine", "cosine_with_restarts", "polynomial", "constant", "constant_with_warmup", "inverse_sqrt",
      "reduce_lr_on_plateau", "cosine_with_min_lr", "cosine_warmup_with_min_lr", "warmup_stable_decay"}, {}, "schedule", rare, "How the learning rate changes over the run", "Schedule"},
    {"lr_scheduler_kwargs", text, notSet, 0, 0, {}, {}, "schedule", rare, "The schedule's own parameters as a JSON object, e.g. {\"num_cycles\": 2}", "Parameters of the schedule"},
    {"warmup_ratio", number, 0.0, 0, 1, {}, {}, "schedule", common, "Share of all steps in which the learning rate rises from 0", "Warm-up"},
    {"warmup_steps", number, 0.0, 0, billion, {}, {}, "schedule", rare, "Steps in which the learning rate rises from 0, before warmup_ratio; below 1 a share of all steps", "Warm-up in steps"},

    {"do_normalize", boolean, notSet, 0, 0, {}, {}, "data", rare, "Bring each clip to mean 0 and variance 1; as preprocessor_config.json where not set", "Normalise loudness"},
    {"return_attention_mask", boolean, notSet, 0, 0, {}, {"attention_mask"}, "data", rare, "Tell the model which samples are padding; as preprocessor_config.json where not set", "Mask padding"},
    {"train_length", choice, word("random_crop"), 0, 0, {"whole", "truncate", "random_crop", "drop_longer", "windows"}, {}, "data", rare, "What becomes of training clips longer than max_length_seconds", "Long training clips"},
    {"eval_length", choice, word("whole"), 0, 0, {"whole", "truncate", "random_crop", "drop_longer", "windows"}, {}, "data", rare, "What becomes of clips longer than max_length_seconds when the model is evaluated", "Long clips when evaluating"},
    {"max_length_seconds", number, 20.0, 0.001, 86400, {}, {}, "data", common, "Longer clips are cut, or left out: see train_length and eval_length", "Longest clip, seconds"},
    {"min_duration_in_seconds", number, 3.0, 0, 86400, {}, {}, "data", rare, "Pretraining alone: clips that are not longer are left out", "Shortest clip, seconds"},
    {"max_train_samples", integer, notSet, 1, billion, {}, {}, "data", rare, "Train on the first N clips alone", "Training clips at most"},
    {"max_eval_samples", integer, notSet, 1, billion, {}, {}, "data", rare, "Evaluate on the first N clips alone while training", "Evaluated clips at most"},
    {"text_case", choice, word("as_is"), 0, 0, {"as_is", "lower", "upper"}, {}, "data", rare, "The case that transcripts are learnt in", "Case of transcripts"},
    {"chars_to_ignore", text, notSet, 0, 0, {}, {}, "data", rare, "Characters that are left out of transcripts, e.g. .,?!", "Characters to leave out"},
    {"group_by_length", boolean, false, 0, 0, {}, {"train_sampling_strategy"}, "data", rare, "Put clips of like length into one batch: less padding, faster", "Group by length"},
    {"length_column_name", text, word("length"), 0, 0, {}, {}, "data", rare, "Kept for settings files of the example scripts; lengths come from the clips", "Length column"},
    {"dataloader_drop_last", boolean, false, 0, 0, {}, {}, "data", rare, "Leave out the last batch where it is not full", "Drop the last batch"},
    {"dataloader_num_workers", integer, whole(0), 0, 1024, {}, {}, "data", rare, "Threads that decode ahead; 0 chooses", "Decoding threads"},

    {"apply_spec_augment", boolean, notSet, 0, 0, {}, {}, "augmentation", rare, "SpecAugment inside the model; the model's own where not set, as all below", "SpecAugment"},
    {"mask_time_prob", number, notSet, 0, 1, {}, {}, "augmentation", rare, "Share of frames that SpecAugment masks", "Masked time"},
    {"mask_time_length", integer, notSet, 1, 100000, {}, {}, "augmentation", rare, "Frames in one time mask", "Length of time masks"},
    {"mask_time_min_masks", integer, notSet, 0, 100000, {}, {}, "augmentation", rare, "Time masks that a clip gets at least", "Time masks at least"},
    {"mask_feature_prob", number, notSet, 0, 1, {}, {}, "augmentation", rare, "Share of features that SpecAugment masks", "Masked features"},
    {"mask_feature_length", integer, notSet, 1, 100000, {}, {}, "augmentation", rare, "Features in one feature mask", "Length of feature masks"},
    {"mask_feature_min_masks", integer, notSet, 0, 100000, {}, {}, "augmentation", rare, "Feature masks that a clip gets at least", "Feature masks at least"},
    {"spec_time_masks", integer, whole(0), 0, 1000, {}, {}, "augmentation", rare, "Earmark's own, log-mel input alone: time masks a clip", "Spectrogram time masks"},
    {"spec_time_mask_length", integer, whole(0), 0, 100000, {}, {}, "augmentation", rare, "Earmark's own: longest time mask, frames; each is drawn from 0 to this", "Longest spectrogram time mask"},
    {"spec_frequency_masks", integer, whole(0), 0, 1000, {}, {}, "augmentation", rare, "Earmark's own, log-mel input alone: frequency masks a clip", "Frequency masks"},
    {"spec_frequency_mask_length", integer, whole(0), 0, 100000, {}, {}, "augmentation", rare, "Earmark's own: widest frequency mask, mel bins; each is drawn from 0 to this", "Widest frequency mask"},

    {"problem_type", choice, notSet, 0, 0, {"single_label_classification", "multi_label_classification", "regression"}, {}, "model", rare, "What is learnt: one label a clip, several labels, or numbers; what the base learnt, else one label, where not set", "What is learnt"},
    {"target_names", text, notSet, 0, 0, {}, {}, "model", rare, "Earmark's own, regression alone: the numbers to learn, separated by commas; all that the training clips have where not set", "Numbers to learn"},
    {"hidden_dropout", number, notSet, 0, 1, {}, {"hidden_dropout_prob"}, "model", rare, "Dropout after each block; the model's own where not set, as all below", "Dropout of blocks"},
    {"attention_dropout", number, notSet, 0, 1, {}, {"attention_probs_dropout_prob"}, "model", rare, "Dropout of attention weights", "Dropout of attention"},
    {"activation_dropout", number, notSet, 0, 1, {}, {}, "model", rare, "Dropout inside the feed-forward blocks", "Dropout of activations"},
    {"feat_proj_dropout", number, notSet, 0, 1, {}, {}, "model", rare, "Dropout after the feature projection", "Dropout of the projection"},
    {"final_dropout", number, notSet, 0, 1, {}, {}, "model", rare, "Dropout before the output layer of a recogniser", "Dropout before the output"},
    {"layerdrop", number, notSet, 0, 1, {}, {}, "model", rare, "Chance that a layer is skipped in a training step", "Skipped layers"},
    {"use_weighted_layer_sum", boolean, notSet, 0, 0, {}, {}, "model", rare, "Let the head read a learnt mixture of all layers", "Mix all layers"},
    {"classifier_proj_size", integer, notSet, 1, 65536, {}, {}, "model", rare, "Width of the head's projection", "Width of the head"},
    {"ctc_loss_reduction", choice, notSet, 0, 0, {"sum", "mean"}, {}, "model", rare, "How a recogniser's losses of a batch become one", "Sum of CTC losses"},
    {"ctc_zero_infinity", boolean, notSet, 0, 0, {}, {}, "model", rare, "Count infinite losses (text too long for its clip) as zero", "Infinite CTC losses as zero"},

    {"eval_strategy", choice, word("no"), 0, 0, {"no", "steps", "epoch"}, {"evaluation_strategy"}, "evaluation", rare, "When the validation split is evaluated", "Evaluate"},
    {"eval_steps", number, notSet, 0, billion, {}, {}, "evaluation", rare, "Steps between evaluations; below 1 a share of all steps; logging_steps where not set", "Steps between evaluations"},
    {"eval_delay", number, 0.0, 0, billion, {}, {}, "evaluation", rare, "Epochs or steps before the first evaluation", "Delay of the first evaluation"},
    {"eval_on_start", boolean, false, 0, 0, {}, {}, "evaluation", rare, "Evaluate once before the first step", "Evaluate at the start"},
    {"per_device_eval_batch_size", integer, whole(8), 1, 65536, {}, {"eval_batch_size"}, "evaluation", rare, "Clips in a batch of evaluation", "Batch size when evaluating"},
    {"metric_for_best_model", text, notSet, 0, 0, {}, {}, "evaluation", rare, "The metric that finds the best model: loss, accuracy, macro_f1 (or f1), weighted_f1; with several labels also micro_f1, map; of numbers mse, mae, r2, pearson; for recognition wer, cer; for pretraining contrastive_loss, accuracy, perplexity; loss where not set", "Metric of the best model"},
    {"greater_is_better", boolean, notSet, 0, 0, {}, {}, "evaluation", rare, "Whether a larger metric is better; yes for all but losses, errors and error rates where not set", "A larger metric is better"},
    {"load_best_model_at_end", boolean, false, 0, 0, {}, {}, "evaluation", rare, "Keep the best model rather than the last", "Keep the best model"},

    {"save_strategy", choice, word("steps"), 0, 0, {"no", "steps", "epoch", "best"}, {}, "saving", rare, "When checkpoints are written", "Write checkpoints"},
    {"save_steps", number, 500.0, 0, billion, {}, {}, "saving", rare, "Steps between checkpoints; below 1 a share of all steps", "Steps between checkpoints"},
    {"save_total_limit", integer, notSet, 1, 100000, {}, {}, "saving", rare, "How many checkpoints are kept; all where not set", "Checkpoints kept"},
    {"save_only_model", boolean, false, 0, 0, {}, {}, "saving", rare, "Checkpoints without optimiser and random state: smaller, and no run can go on from them", "Checkpoints without optimiser"},
    {"logging_strategy", choice, word("steps"), 0, 0, {"no", "steps", "epoch"}, {}, "saving", rare, "When the loss is logged", "Log"},
    {"logging_steps", number, 500.0, 0, billion, {}, {}, "saving", rare, "Steps between log entries; below 1 a share of all steps", "Steps between log entries"},
    {"logging_first_step", boolean, false, 0, 0, {}, {}, "saving", rare, "Log the first step too", "Log the first step"},
    {"logging_nan_inf_filter", boolean, true, 0, 0, {}, {}, "saving", rare, "Leave losses that are no numbers out of the log", "Filter the log"},
    {"report_to", choice, word("none"), 0, 0, {"none", "tensorboard"}, {}, "saving", rare, "Write TensorBoard event files beside the run", "Further logs"},
};
// clang-format on

} // namespace

std::span<const Setting> settings() { return table; }

const Setting* findSetting(std::string_view name)
{
    const auto row = std::ranges::find_if(table, [&](const Setting& setting) {
        return setting.key == name || std::ranges::find(setting.aliases, name) != setting.aliases.end();
    });
    return row == table.end() ? nullptr : &*row;
}

} // namespace earmark
