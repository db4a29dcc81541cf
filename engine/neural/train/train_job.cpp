#include "engine/neural/train/train_job.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/compute/evaluate.h"
#include "engine/neural/checkpoint/config.h"
#include "engine/neural/device/allocator.h"
#include "engine/neural/device/device.h"
#include "engine/neural/infer/classify.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/input_statistics.h"
#include "engine/neural/train/run_folder.h"
#include "engine/neural/train/trainer.h"

namespace earmark::neural
{

namespace
{

constexpr std::string_view scratchPrefix = "scratch:";

bool isScratch(const std::string& base) { return base.starts_with(scratchPrefix); }

/// The request's settings over those that the preset changes.
Result<Recipe> recipeOf(const TrainRequest& request)
{
    Recipe recipe = request.recipe;
    if (!isScratch(request.base))
        return recipe;
    for (const PresetDescription& preset : presets())
        if (scratchPrefix.data() + preset.name == request.base)
            for (const auto& [key, value] : preset.settings)
                EARMARK_TRY_VOID(recipe.setDefault(key, value));
    return recipe;
}

Result<void> checkRequest(const TrainRequest& request)
{
    if (request.task != "classification")
        return failure("usage", "This Earmark trains classifiers: give --task classification.");
    if (request.worldSize != 1)
        return failure("usage", "This Earmark trains in one process.");
    return {};
}

/// Labels of the sets in code-point order: UTF-8's byte order is that order.
Result<std::vector<std::string>> labelNames(const TrainRequest& request)
{
    std::set<std::string> names;
    for (const auto* samples : {&request.train, &request.validation})
        for (const Sample& sample : *samples) {
            if (sample.labels.size() > 1)
                return failure("train.bad_labels", quoteName(sample.name) + " has several labels; a classifier learns one a clip. Leave it out, or keep one.",
                               sample.clip.source.path);
            names.insert(sample.labels.begin(), sample.labels.end());
        }
    if (names.empty())
        return failure("train.no_clips", "No clip of the training split has a label. Label some, or make a split with “earmark-cli split”.");
    if (names.size() == 1)
        return failure("train.bad_labels", "All clips have the label " + quoteName(*names.begin()) + ": there is nothing to tell apart.");
    return std::vector<std::string>(names.begin(), names.end());
}

/// config.json keys that the settings change, under the names that the family has for them.
std::vector<std::pair<std::string, std::string>> configOverrides(const Recipe& recipe, const std::string& modelType)
{
    static const std::vector<std::string> speech = {
        "apply_spec_augment",  "mask_time_prob",         "mask_time_length", "mask_time_min_masks",  "mask_feature_prob",
        "mask_feature_length", "mask_feature_min_masks", "hidden_dropout",   "attention_dropout",    "activation_dropout",
        "feat_proj_dropout",   "final_dropout",          "layerdrop",        "use_weighted_layer_sum", "classifier_proj_size",
        "ctc_loss_reduction",  "ctc_zero_infinity"};
    const Json settings = Json::parse(recipe.toJson(), nullptr, false);
    std::vector<std::pair<std::string, std::string>> overrides;
    const auto add = [&](const std::string& setting, const std::string& key) {
        if (recipe.has(setting))
            overrides.emplace_back(key, settings.at(setting).dump());
    };
    if (modelType == "audio-spectrogram-transformer") {
        add("hidden_dropout", "hidden_dropout_prob");
        add("attention_dropout", "attention_probs_dropout_prob");
    } else if (modelType == "whisper") {
        add("hidden_dropout", "dropout");
        add("layerdrop", "encoder_layerdrop");
        for (const char* const key : {"attention_dropout", "activation_dropout", "use_weighted_layer_sum", "classifier_proj_size"})
            add(key, key);
    } else {
        for (const std::string& key : speech)
            add(key, key);
    }
    return overrides;
}

Result<std::string> modelTypeOf(const std::string& base)
{
    if (!isScratch(base)) {
        EARMARK_TRY(const Json config, readConfig(base));
        const auto type = config.find("model_type");
        return type != config.end() && type->is_string() ? type->get<std::string>() : std::string();
    }
    for (const PresetDescription& preset : presets())
        if (scratchPrefix.data() + preset.name == base)
            return preset.family;
    return std::string();
}

void freeze(Model& model, const TrainingSettings& settings)
{
    if (settings.freeze_feature_encoder)
        model.freezeFeatureEncoder();
    if (settings.freeze_layers > 0)
        model.freezeLowestLayers(static_cast<int>(settings.freeze_layers));
    if (settings.freeze_base_model)
        model.freezeBaseModel();
}

void tell(const LoadReport& report, TrainObserver& observer)
{
    const auto listed = [](const std::vector<std::string>& names) {
        constexpr std::size_t most = 8;
        std::string text;
        for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
            text += (i ? ", " : "") + names[i];
        return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
    };
    if (!report.newlyMade.empty())
        observer.remark({.code = "model.newly_made",
                         .message = "Newly made, not in the base: " + listed(report.newlyMade) + ".",
                         .parameters = {{"names", listed(report.newlyMade)}},
                         .causes = {}});
    if (!report.leftOver.empty())
        observer.remark({.code = "model.left_over",
                         .message = "Of the base, not used: " + listed(report.leftOver) + ".",
                         .parameters = {{"names", listed(report.leftOver)}},
                         .causes = {}});
    for (const Remark& remark : report.remarks)
        observer.remark(remark);
}

class TrainJob
{
public:
    TrainJob(const TrainRequest& request, TrainObserver& observer, std::stop_token stop, std::function<void()> betweenSteps)
        : request_(request), observer_(observer), stop_(std::move(stop)), betweenSteps_(std::move(betweenSteps))
    {
    }

    Result<TrainOutcome> run()
    {
        EARMARK_TRY_VOID(checkRequest(request_));
        EARMARK_TRY(RunFolder folder, RunFolder::choose(request_));
        EARMARK_TRY(recipe_, recipeOf(request_));
        EARMARK_TRY(settings_, trainingSettings(recipe_, !request_.validation.empty()));
        EARMARK_TRY_VOID(chooseTheDevice());
        EARMARK_TRY_VOID(load(folder.path()));
        EARMARK_TRY_VOID(readClips());
        if (stop_.stop_requested())
            return TrainOutcome{.stopped = true};
        EARMARK_TRY_VOID(checkClipsAreTheSame());
        EARMARK_TRY_VOID(adaptInput());
        EARMARK_TRY_VOID(folder.enter());
        const RunFacts facts = describe();
        EARMARK_TRY_VOID(folder.describe(facts));
        EARMARK_TRY(const TrainerOutcome trained, train(folder));
        EARMARK_TRY_VOID(folder.mend());
        if (trained.stopped) {
            EARMARK_TRY_VOID(writeFileAtomically(folder.path() + "/trainer_state.json", trained.state.toJson(true)));
            return outcomeOf(trained);
        }
        folder.keep();
        EARMARK_TRY_VOID(saveModel(loaded_.parts(), folder.path()));
        EARMARK_TRY_VOID(writeFileAtomically(folder.path() + "/trainer_state.json", trained.state.toJson(true)));
        loaded_.model.reset();
        TrainOutcome outcome = outcomeOf(trained);
        EARMARK_TRY(outcome.report, report(folder.path()));
        EARMARK_TRY_VOID(writeModelCard(folder.path(), facts, trained.state, outcome.report));
        return outcome;
    }

    Result<TrialModel> trial()
    {
        EARMARK_TRY_VOID(checkRequest(request_));
        EARMARK_TRY(recipe_, recipeOf(request_));
        EARMARK_TRY(settings_, trainingSettings(recipe_, !request_.validation.empty()));
        EARMARK_TRY_VOID(chooseTheDevice());
        EARMARK_TRY_VOID(load(request_.out));
        loaded_.model->setGradientCheckpointing(settings_.gradient_checkpointing);
        loaded_.model->train();
        return TrialModel{std::move(loaded_), settings_, device_};
    }

private:
    Result<void> chooseTheDevice()
    {
        EARMARK_TRY(device_, chooseDevice(request_.options.device));
        if (settings_.fp16 && !device_.is_cuda())
            return failure("compute.no_device", "Training in fp16 needs an NVIDIA GPU. Use bf16, or neither.");
        setThreads(request_.options.threads);
        if (settings_.tf32) {
            at::globalContext().setAllowTF32CuBLAS(*settings_.tf32);
            at::globalContext().setAllowTF32CuDNN(*settings_.tf32);
        }
        return {};
    }

    Result<void> load(const std::string& folder)
    {
        LoadOptions options{.head = Head::classification, .seed = settings_.seed, .device = device_, .attention = request_.options.attention};
        EARMARK_TRY(options.labels, labelNames(request_));
        options.problemType = recipe_.text("problem_type");
        if (!options.problemType.empty() && options.problemType != "single_label_classification")
            return failure("recipe.bad_value", "This Earmark trains with one label a clip: leave problem_type out.", {}, {{"setting", "problem_type"}});
        const std::string checkpoint = request_.resume ? folder + "/" + checkpointName(*latestResumable(folder)) : "";
        EARMARK_TRY(const std::string modelType, modelTypeOf(request_.resume ? checkpoint : request_.base));
        options.configOverrides = configOverrides(recipe_, modelType);
        if (request_.resume) {
            EARMARK_TRY(checkpoint_, readCheckpoint(checkpoint));
            EARMARK_TRY_VOID(checkSettingsAreTheSame());
            EARMARK_TRY(loaded_, loadModel(checkpoint, options));
        } else if (isScratch(request_.base)) {
            EARMARK_TRY(loaded_, createModel(request_.base.substr(scratchPrefix.size()), options));
        } else {
            EARMARK_TRY(loaded_, loadModel(request_.base, options));
            tell(loaded_.report, observer_);
        }
        if (settings_.do_normalize)
            loaded_.extractor->setDoNormalize(*settings_.do_normalize);
        if (settings_.return_attention_mask)
            loaded_.extractor->setReturnAttentionMask(*settings_.return_attention_mask);
        if (settings_.label_smoothing_factor > 0 && loaded_.model->acceptsLossKwargs() && settings_.gradient_accumulation_steps > 1)
            observer_.remark({.code = "train.smoothing",
                              .message = "With label smoothing, transformers 4.57 leaves this class's loss undivided over an accumulation group; Earmark divides it by "
                                         "the group's clips, as without smoothing.",
                              .parameters = {},
                              .causes = {}});
        freeze(*loaded_.model, settings_);
        return {};
    }

    ClipSetOptions clipOptions(LengthRule rule, std::int64_t budget) const
    {
        return {.sampleRate = loaded_.extractor->samplingRate(),
                .channel = request_.options.channel,
                .rule = rule,
                .maxLengthSeconds = settings_.max_length_seconds,
                .minimumSamples = loaded_.extractor->fixedSamples() > 0 ? 1 : loaded_.model->minimumInput(),
                .memoryBudget = budget,
                .extractor = loaded_.extractor.get(),
                .threads = physicalCores()};
    }

    Result<std::unique_ptr<ClipStore>> readSet(std::vector<Sample> samples, LengthRule rule, std::optional<std::int64_t> most, const std::string& name,
                                               std::vector<std::int64_t>& labels)
    {
        std::erase_if(samples, [](const Sample& sample) { return sample.labels.empty(); });
        if (most && static_cast<std::int64_t>(samples.size()) > *most)
            samples.resize(static_cast<std::size_t>(*most));
        std::unique_ptr<ClipStore> store = ClipStore::prepare(std::move(samples), clipOptions(rule, budget_), stop_);
        budget_ = std::max<std::int64_t>(0, store->budgetLeft());
        if (const auto remark = describeLeftOut(*store, name))
            observer_.remark(*remark);
        for (const Remark& warning : store->warnings())
            observer_.remark(warning);
        if (store->rows().empty() && !store->stopped())
            return failure("train.no_clips", "No clip of the " + name + " split can be used" +
                                                 (store->leftOut().empty() ? std::string(".") : ": " + store->leftOut().front().error.message));
        const std::vector<std::string>& names = loaded_.model->labels();
        for (const ClipRow& row : store->rows())
            labels.push_back(std::ranges::find(names, store->samples()[row.sample].labels.front()) - names.begin());
        return store;
    }

    Result<void> readClips()
    {
        budget_ = sensibleMemoryBudget();
        EARMARK_TRY(train_, readSet(request_.train, settings_.train_length, settings_.max_train_samples, "training", trainLabels_));
        if (settings_.eval_strategy == Strategy::no && !settings_.eval_on_start)
            return {};
        EARMARK_TRY(validation_, readSet(request_.validation, settings_.eval_length, settings_.max_eval_samples, "validation", validationLabels_));
        return {};
    }

    /// An untrained model reads what it was told of its data; a resumed one has it in its folder, but for what masks hold.
    Result<void> adaptInput()
    {
        if (!isScratch(request_.base) || (request_.resume && settings_.spec_time_masks + settings_.spec_frequency_masks == 0))
            return {};
        if (!request_.resume) {
            EARMARK_TRY(maskFill_, adaptInputTo(*train_, *loaded_.extractor, *loaded_.model));
            return {};
        }
        EARMARK_TRY(maskFill_, binMeansIn(*train_, *loaded_.extractor));
        return {};
    }

    tl::unexpected<Error> cannotGoOn(const std::string& reason, std::map<std::string, std::string> parameters = {}) const
    {
        return failure("train.cannot_resume",
                       "The run in " + quoteName(request_.out) + " cannot go on: " + reason + " as before, or --overwrite to begin anew.", request_.out,
                       std::move(parameters));
    }

    Result<void> checkSettingsAreTheSame() const
    {
        const RunProgress& was = checkpoint_->progress;
        if (const auto changed = changedSetting(was.settings, recipe_, was.state.best_metric.has_value()))
            return cannotGoOn("the setting " + changed->key + " was " + changed->was + " and is now " + changed->now + ". Give it", {{"setting", changed->key}});
        return {};
    }

    Result<void> checkClipsAreTheSame() const
    {
        if (!checkpoint_)
            return {};
        const RunProgress& was = checkpoint_->progress;
        if (was.data != fingerprint(train_.get(), trainLabels_))
            return cannotGoOn("its training clips were others, or cannot all be read now. Give the same");
        if (validation_ && !was.validationData.empty() && was.validationData != fingerprint(validation_.get(), validationLabels_))
            return cannotGoOn("its validation clips were others, or cannot all be read now. Give the same");
        return {};
    }

    static std::string fingerprint(const ClipStore* store, const std::vector<std::int64_t>& labels)
    {
        if (!store)
            return {};
        Digest digest;
        const auto add = [&](const std::string& text) { digest.add(std::to_string(text.size()) + ":" + text); };
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const ClipRow& row = store->rows()[i];
            add(store->samples()[row.sample].name);
            for (const std::int64_t value : {labels[i], row.start, row.length, row.slack})
                add(std::to_string(value));
        }
        return digest.hex();
    }

    RunFacts describe() const
    {
        return {.request = &request_,
                .architecture = loaded_.model->architecture(),
                .device = device_.str(),
                .labels = loaded_.model->labels(),
                .trainClips = train_->samples().size() - train_->leftOut().size(),
                .validationClips = validation_ ? validation_->samples().size() - validation_->leftOut().size() : 0,
                .settingsJson = recipe_.toJson()};
    }

    Result<TrainerOutcome> train(RunFolder& folder)
    {
        struct KeepingObserver final : TrainObserver {
            KeepingObserver(TrainObserver& inner, RunFolder& run) : observer(inner), folder(run) {}
            void remark(const Remark& remark) override { observer.remark(remark); }
            void progress(std::int64_t step, std::int64_t total) override { observer.progress(step, total); }
            void step(const StepEvent& event) override { observer.step(event); }
            void evaluated(const EvaluateEvent& event) override { observer.evaluated(event); }
            void checkpoint(const CheckpointEvent& event) override
            {
                folder.keep(); // the new run has something to lose now
                observer.checkpoint(event);
            }
            TrainObserver& observer;
            RunFolder& folder;
        } observer(observer_, folder);
        Collective alone;
        Trainer trainer({.model = loaded_.model,
                         .extractor = loaded_.extractor.get(),
                         .tokenizer = loaded_.parts().tokenizer,
                         .train = {train_.get(), trainLabels_},
                         .validation = {validation_.get(), validationLabels_},
                         .settings = settings_,
                         .maskFill = maskFill_,
                         .settingsFingerprint = resumeFingerprint(recipe_),
                         .dataFingerprint = fingerprint(train_.get(), trainLabels_),
                         .validationFingerprint = fingerprint(validation_.get(), validationLabels_),
                         .runFolder = folder.path(),
                         .mendFolder = [&folder] { return folder.mend(); },
                         .device = device_,
                         .observer = &observer,
                         .collective = &alone,
                         .betweenSteps = betweenSteps_});
        return trainer.run(checkpoint_ ? &*checkpoint_ : nullptr, stop_);
    }

    static TrainOutcome outcomeOf(const TrainerOutcome& trained)
    {
        return {.steps = trained.state.global_step,
                .bestStep = trained.state.best_global_step ? trained.state.best_global_step : trained.state.global_step,
                .bestMetric = trained.state.best_metric,
                .seconds = trained.seconds,
                .samplesPerSecond = trained.samplesPerSecond,
                .trainLoss = trained.trainLoss,
                .stopped = trained.stopped};
    }

    /// Each clip of the report's split by the saved model, as if alone and heard as eval_length says.
    Result<std::optional<ClassificationReport>> report(const std::string& folder)
    {
        if (std::ranges::all_of(request_.report, [](const Sample& sample) { return sample.labels.empty(); }))
            return std::optional<ClassificationReport>();
        const EvaluateRequest request{.model = folder, .samples = request_.report, .length = evaluationLength(recipe_), .options = request_.options};
        const auto classify = [&](const ClassifyRequest& all, const ClassifyObserver& observer, std::stop_token stop) {
            return classifyClips(all, observer, std::move(stop), betweenSteps_);
        };
        EARMARK_TRY(EvaluateOutcome outcome, evaluateClassification(classify, request, {}, stop_));
        for (const Remark& remark : outcome.remarks)
            observer_.remark(remark);
        for (const Error& error : outcome.failures)
            observer_.remark({.code = "train.left_out_of_report", .message = "Left out of the report: " + error.message, .parameters = {}, .causes = {error}});
        if (outcome.stopped)
            observer_.remark({.code = "train.no_report",
                              .message = "Stopped before all clips of the report were classified: there is no report.json. “earmark-cli evaluate” makes one.",
                              .parameters = {},
                              .causes = {}});
        if (outcome.stopped || outcome.report.clips == 0)
            return std::optional<ClassificationReport>();
        EARMARK_TRY_VOID(writeFileAtomically(folder + "/report.json", toJson(outcome.report, request_.reportSplit)));
        return std::optional(std::move(outcome.report));
    }

    const TrainRequest& request_;
    TrainObserver& observer_;
    std::stop_token stop_;
    std::function<void()> betweenSteps_;

    Recipe recipe_;
    TrainingSettings settings_;
    torch::Device device_ = torch::kCPU;
    LoadedModel loaded_;
    std::optional<ReadCheckpoint> checkpoint_;
    std::unique_ptr<ClipStore> train_;
    std::unique_ptr<ClipStore> validation_;
    std::vector<std::int64_t> trainLabels_;
    std::vector<std::int64_t> validationLabels_;
    std::vector<float> maskFill_;
    std::int64_t budget_ = 0;
};

} // namespace

Result<TrialModel> trialModel(const TrainRequest& request)
{
    TrainObserver nobody;
    TrainRequest fresh = request;
    fresh.resume = false;
    return TrainJob(fresh, nobody, {}, {}).trial();
}

Result<TrainOutcome> runTraining(const TrainRequest& request, TrainObserver& observer, std::stop_token stop, const std::function<void()>& betweenSteps)
{
    auto outcome = TrainJob(request, observer, std::move(stop), betweenSteps).run();
    trimAllocator();
    return outcome;
}

} // namespace earmark::neural
