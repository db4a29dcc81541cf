#include "engine/neural/train/judge_pretraining.h"

#include <algorithm>

#include "engine/compute/evaluate.h"
#include "engine/neural/device/device.h"
#include "engine/neural/train/pretraining.h"
#include "engine/text/text_rules.h"

namespace earmark::neural
{

namespace
{

Result<TrainingSettings> settingsOf(const JudgePretrainingRequest& request)
{
    Recipe recipe = request.recipe;
    for (const auto& [key, value] : pretrainingDefaults())
        EARMARK_TRY_VOID(recipe.setDefault(key, value));
    return trainingSettings(recipe, true, "pretraining");
}

/// In order, as the example evaluates.
Batches inOrder(std::size_t rows, std::int64_t batch)
{
    Batches batches;
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % static_cast<std::size_t>(batch) == 0)
            batches.emplace_back();
        batches.back().push_back({.row = row});
    }
    return batches;
}

PretrainingReport reportOf(const Metrics& metrics, std::size_t clips)
{
    PretrainingReport report{.clips = static_cast<std::int64_t>(clips)};
    for (const auto& [name, value] : metrics) {
        double* const figure = name == "eval_loss"               ? &report.loss
                               : name == "eval_contrastive_loss" ? &report.contrastiveLoss
                               : name == "eval_diversity_loss"   ? &report.diversityLoss
                               : name == "eval_accuracy"         ? &report.accuracy
                                                                 : &report.perplexity;
        *figure = value;
    }
    return report;
}

} // namespace

Result<PretrainingOutcome> judgePretraining(const JudgePretrainingRequest& request, std::stop_token stop, const std::function<void()>& betweenBatches)
{
    EARMARK_TRY(const TrainingSettings settings, settingsOf(request));
    EARMARK_TRY(const torch::Device device, chooseDevice(request.options.device));
    setThreads(request.options.threads);
    EARMARK_TRY(LoadedModel loaded, loadModel(request.model, {.device = device, .attention = request.options.attention}));
    EARMARK_TRY_VOID(checkLearnsFromSound(*loaded.model, request.model));
    const int rate = loaded.extractor->samplingRate();
    std::vector<Sample> samples = request.samples;
    for (Sample& sample : samples)
        sample.text = prepared(sample.text, textRules(request.recipe));
    const std::unique_ptr<ClipStore> clips = ClipStore::prepare(std::move(samples),
                                                                {.sampleRate = rate,
                                                                 .channel = request.options.channel,
                                                                 .rule = settings.eval_length,
                                                                 .maxLengthSeconds = settings.max_length_seconds,
                                                                 .minimumSamples = loaded.extractor->fewestSamples(loaded.model->minimumInput()),
                                                                 .memoryBudget = sensibleMemoryBudget(),
                                                                 .extractor = loaded.extractor.get(),
                                                                 .threads = physicalCores()},
                                                                stop);
    if (clips->stopped())
        return PretrainingOutcome{.stopped = true};
    EARMARK_TRY(const Targets targets, soundTargets(*clips, loaded, settings, settings.eval_length));
    PretrainingOutcome outcome;
    for (const LeftOutClip& left : clips->leftOut())
        outcome.failures.push_back(left.error);
    if (clips->rows().empty())
        return failure("train.no_clips",
                       "No clip of the split can be used" + (outcome.failures.empty() ? std::string(".") : ": " + outcome.failures.front().message));
    RandomStreams streams(settings.seed);
    const PretrainingEvaluation evaluation{.model = loaded.model.get(),
                                           .extractor = loaded.extractor.get(),
                                           .clips = clips.get(),
                                           .targets = &targets,
                                           .spans = spansOf(*pretrainingOf(*loaded.model), settings),
                                           .device = device,
                                           .loaderThreads = std::max(1, physicalCores() / 2),
                                           .betweenBatches = betweenBatches};
    const auto metrics = evaluatePretraining(evaluation, inOrder(clips->rows().size(), settings.per_device_eval_batch_size), streams, stop);
    if (!metrics)
        return PretrainingOutcome{.stopped = true};
    outcome.report = reportOf(*metrics, clips->samples().size() - clips->leftOut().size());
    return outcome;
}

} // namespace earmark::neural
