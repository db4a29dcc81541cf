#include "engine/neural/train/train_job.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>

#include "engine/base/file.h"
#include "engine/compute/evaluate.h"
#include "engine/neural/checkpoint/config.h"
#include "engine/neural/device/device.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/base.h"
#include "engine/neural/train/final_report.h"
#include "engine/neural/train/input_statistics.h"
#include "engine/neural/train/learnt.h"
#include "engine/neural/train/run_folder.h"
#include "engine/neural/train/trainer.h"
#include "engine/text/text_rules.h"
#include "engine/text/unicode.h"

namespace earmark::neural
{

namespace
{

bool isRecognition(const TrainRequest& request) { return request.task == "ctc"; }
bool isPretraining(const TrainRequest& request) { return request.task == "pretraining"; }

Result<void> checkRequest(const TrainRequest& request)
{
    if (request.task != "classification" && !isRecognition(request) && !isPretraining(request))
        return failure("usage", "This Earmark trains classifiers, recognisers and what learns from sound alone: give --task classification, ctc or pretraining.");
    if (request.worldSize != 1)
        return failure("usage", "This Earmark trains in one process.");
    return {};
}

/// The characters of the sets, for a base that has none of its own.
Result<CtcTokenizer> newVocabulary(const TrainRequest& request, const TextRules& rules)
{
    std::vector<std::string> texts;
    for (const auto* samples : {&request.train, &request.validation})
        for (const Sample& sample : *samples)
            if (!sample.text.empty())
                texts.push_back(prepared(sample.text, rules));
    if (texts.empty())
        return failure("train.no_clips", "No clip of the training split has a transcript. Import a table with --text-column, or write some.");
    return CtcTokenizer::fromTexts(texts);
}

bool ignoresInfiniteLosses(const Model& model)
{
    const Json config = Json::parse(model.configJson(), nullptr, false);
    return config.is_object() && config.value("ctc_zero_infinity", false);
}

/// What the vocabulary cannot write of these sets, each once; a set may be null.
std::string unknownCharacters(std::initializer_list<const ClipStore*> sets, const CtcTokenizer& tokenizer)
{
    std::set<char32_t> unknown;
    for (const ClipStore* clips : sets)
        for (std::size_t i = 0; clips && i < clips->rows().size(); ++i)
            for (const char32_t c : codePoints(clips->samples()[clips->rows()[i].sample].text))
                if (!tokenizer.knows(c))
                    unknown.insert(c);
    return utf8Of(std::u32string(unknown.begin(), unknown.end()));
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
        EARMARK_TRY(settings_, trainingSettings(recipe_, !request_.validation.empty(), request_.task));
        EARMARK_TRY_VOID(chooseTheDevice());
        EARMARK_TRY_VOID(load(folder.path()));
        EARMARK_TRY_VOID(readClips());
        tellUnknown();
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
        EARMARK_TRY_VOID(writeReport(request_, recipe_, folder.path(), observer_, stop_, betweenSteps_, outcome));
        EARMARK_TRY_VOID(writeModelCard(folder.path(), facts, trained.state, outcome));
        return outcome;
    }

    Result<TrialModel> trial()
    {
        EARMARK_TRY_VOID(checkRequest(request_));
        EARMARK_TRY(recipe_, recipeOf(request_));
        EARMARK_TRY(settings_, trainingSettings(recipe_, !request_.validation.empty(), request_.task));
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
        textRules_ = textRules(recipe_);
        if (isPretraining(request_)) {
            options.head = Head::pretraining;
            if (std::ranges::any_of(request_.train, [](const Sample& sample) { return !sample.text.empty(); })) { // of use to UniSpeech alone
                EARMARK_TRY(options.vocabulary, newVocabulary(request_, textRules_));
            }
        } else if (isRecognition(request_)) {
            options.head = Head::ctc;
            EARMARK_TRY(options.vocabulary, newVocabulary(request_, textRules_));
        } else {
            EARMARK_TRY(options.labels, learntNames(request_, recipe_));
        }
        options.problemType = recipe_.text("problem_type");
        if (const auto remark = describeProblemOfBase(request_.recipe, recipe_))
            observer_.remark(*remark);
        const std::string checkpoint = request_.resume ? folder + "/" + checkpointName(*latestResumable(folder)) : "";
        EARMARK_TRY(const std::string modelType, modelTypeOf(request_.resume ? checkpoint : request_.base));
        options.configOverrides = configOverrides(recipe_, modelType, isPretraining(request_));
        if (isPretraining(request_) && !request_.resume)
            EARMARK_TRY_VOID(letMask(folderOf(request_.base), options));
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
        if (isPretraining(request_))
            EARMARK_TRY_VOID(checkLearnsFromSound(*loaded_.model, request_.base));
        freeze(*loaded_.model, settings_);
        return {};
    }

    ClipSetOptions clipOptions(LengthRule rule, std::int64_t budget) const
    {
        return {.sampleRate = loaded_.extractor->samplingRate(),
                .channel = request_.options.channel,
                .rule = rule,
                .maxLengthSeconds = settings_.max_length_seconds,
                .minimumSamples = loaded_.extractor->fewestSamples(loaded_.model->minimumInput()),
                .memoryBudget = budget,
                .extractor = loaded_.extractor.get(),
                .threads = physicalCores()};
    }

    Result<std::unique_ptr<ClipStore>> readSet(std::vector<Sample> samples, LengthRule rule, std::optional<std::int64_t> most, const std::string& name,
                                               Targets& targets)
    {
        if (loaded_.tokenizer)
            for (Sample& sample : samples)
                sample.text = prepared(sample.text, textRules_);
        const std::vector<std::string>& names = loaded_.model->labels();
        if (settings_.problem_type == ProblemType::regression)
            if (const auto remark = describeLacking(samples, names, name))
                observer_.remark(*remark);
        if (!isPretraining(request_))
            std::erase_if(samples, [&](const Sample& sample) {
                return isRecognition(request_) ? sample.text.empty() : !isLearnt(sample, settings_.problem_type, names);
            });
        if (most && static_cast<std::int64_t>(samples.size()) > *most)
            samples.resize(static_cast<std::size_t>(*most));
        std::unique_ptr<ClipStore> store = ClipStore::prepare(std::move(samples), clipOptions(rule, budget_), stop_);
        budget_ = std::max<std::int64_t>(0, store->budgetLeft());
        if (isPretraining(request_)) {
            EARMARK_TRY(targets, soundTargets(*store, loaded_, settings_, rule));
        } else if (isRecognition(request_)) {
            EARMARK_TRY(targets, textTargets(*store, *loaded_.tokenizer, *loaded_.model, *loaded_.extractor, ignoresInfiniteLosses(*loaded_.model)));
        } else {
            targets = learntTargets(settings_.problem_type, *store, names);
        }
        if (const auto remark = describeLeftOut(*store, name))
            observer_.remark(*remark);
        for (const Remark& warning : store->warnings())
            observer_.remark(warning);
        if (store->rows().empty() && !store->stopped())
            return failure("train.no_clips", "No clip of the " + name + " split can be used" +
                                                 (store->leftOut().empty() ? std::string(".") : ": " + store->leftOut().front().error.message));
        return store;
    }

    void tellUnknown()
    {
        if (!isRecognition(request_))
            return;
        if (const std::string unknown = unknownCharacters({train_.get(), validation_.get()}, *loaded_.tokenizer); !unknown.empty())
            observer_.remark({.code = "train.unknown_characters",
                              .message = "The vocabulary lacks " + quoteName(unknown) + ": the network learns them as unknown. The settings text_case and chars_to_ignore "
                                                                                        "change what it is given.",
                              .parameters = {{"characters", unknown}},
                              .causes = {}});
    }

    Result<void> readClips()
    {
        if (isRecognition(request_) && !loaded_.tokenizer)
            return failure("model.not_found", quoteName(request_.base) + " has no vocabulary for its head; fetch the tokenizer's files too.", request_.base);
        budget_ = sensibleMemoryBudget();
        EARMARK_TRY(train_, readSet(request_.train, settings_.train_length, settings_.max_train_samples, "training", trainTargets_));
        if (settings_.eval_strategy == Strategy::no && !settings_.eval_on_start)
            return {};
        EARMARK_TRY(validation_, readSet(request_.validation, settings_.eval_length, settings_.max_eval_samples, "validation", validationTargets_));
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
        if (was.data != fingerprint(train_.get(), trainTargets_))
            return cannotGoOn("its training clips were others, or cannot all be read now. Give the same");
        if (validation_ && !was.validationData.empty() && was.validationData != fingerprint(validation_.get(), validationTargets_))
            return cannotGoOn("its validation clips were others, or cannot all be read now. Give the same");
        return {};
    }

    RunFacts describe() const
    {
        return {.request = &request_,
                .architecture = loaded_.model->architecture(),
                .device = device_.str(),
                .labels = loaded_.model->labels(),
                .problem = settings_.problem_type,
                .characters = loaded_.tokenizer ? loaded_.tokenizer->size() : 0,
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
                         .pretrains = isPretraining(request_),
                         .train = {train_.get(), trainTargets_},
                         .validation = {validation_.get(), validationTargets_},
                         .settings = settings_,
                         .maskFill = maskFill_,
                         .settingsFingerprint = resumeFingerprint(recipe_),
                         .dataFingerprint = fingerprint(train_.get(), trainTargets_),
                         .validationFingerprint = fingerprint(validation_.get(), validationTargets_),
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
    TextRules textRules_;
    Targets trainTargets_;
    Targets validationTargets_;
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
    return TrainJob(request, observer, std::move(stop), betweenSteps).run();
}

} // namespace earmark::neural
