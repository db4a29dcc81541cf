// What learning from sound alone adds to a training, as run_wav2vec2_pretraining_no_trainer.py of transformers 4.57.6 does it: masks and negatives for
// each batch, a temperature that falls, losses that are sums over masked frames and gradients that are divided by their number. Thread: the executor's.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/neural/infer/batch_loader.h"
#include "engine/neural/models/pretraining.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/epoch_plan.h"
#include "engine/neural/train/settings.h"
#include "engine/neural/train/targets.h"
#include "engine/neural/train/trainer_state.h"

namespace earmark::neural
{

/// What the example's defaults change of the recipe's.
const std::vector<std::pair<std::string, std::string>>& pretrainingDefaults();

/// Where the config.json of the folder `base` ("" for none) masks nothing, its class has no embedding for masked frames: then with the class's own mask_time_prob.
Result<void> letMask(const std::string& base, LoadOptions& options);

/// Error: model.unsupported, model.bad_config where it computes no loss, or masks nothing. `base` names it.
Result<void> checkLearnsFromSound(Model& model, const std::string& base);

/// The masks of a run: its settings', else config.json's.
SpanMaskOptions spansOf(const Pretraining& model, const TrainingSettings& settings);

/// Of step `stepsDone` + 1. As upstream, the first two have the highest.
double gumbelTemperature(const TrainingSettings& settings, std::int64_t stepsDone);

/// Rows are left out that are not longer than min_duration_in_seconds or may get too few masks. With a tokenizer a row's text is its clip's, where that is
/// heard whole (`rule` cuts those of max_length_seconds and more) and has the frames for it; else empty. `model` is a Pretraining. Errors: those of
/// CtcTokenizer::encode.
Result<Targets> soundTargets(ClipStore& clips, LoadedModel& loaded, const TrainingSettings& settings, LengthRule rule);

/// What the clips of a batch say; nothing where none says anything.
std::optional<torch::Tensor> spokenIn(const Targets& targets, const std::vector<BatchItem>& items, torch::Device device);

class PretrainingRun
{
public:
    /// `model` is a Pretraining and, as `settings`, must outlive it.
    PretrainingRun(Model& model, const TrainingSettings& settings, torch::Device device, torch::ScalarType autocast);

    void beginStep(std::int64_t stepsDone);
    /// Of one batch, a sum over its masked frames, to go backward from.
    torch::Tensor loss(ModelInputs inputs, RandomStreams& streams);
    /// The group's mean loss of a masked frame; all that was counted of it goes to the log.
    torch::Tensor endGroup();
    /// To the gradient of a masked frame's mean, with the number of the group that ended last.
    void scale(const std::vector<torch::Tensor>& gradients) const;

    /// Means over the steps since this was last asked, under the example's names; constrast_loss is spelled as there.
    Metrics log();
    Json state() const;
    void restore(const Json& state);

private:
    struct Sums {
        double steps = 0, share = 0, batches = 0;
        torch::Tensor contrastive, diversity, spelling, perplexity; ///< undefined for 0
    };

    Model& model_;
    Pretraining& head_;
    const TrainingSettings& settings_;
    const SpanMaskOptions spans_;
    torch::Device device_;
    torch::ScalarType autocast_;
    double temperature_ = 0;
    double masked_ = 0; ///< frames of the group
    torch::Tensor loss_, contrastive_, diversity_, spelling_; ///< of the group; the last where it says what was spoken
    Sums sums_;
};

struct PretrainingEvaluation {
    Model* model = nullptr; ///< a Pretraining
    const FeatureExtractor* extractor = nullptr;
    const ClipStore* clips = nullptr;
    const Targets* targets = nullptr;
    SpanMaskOptions spans;
    torch::Device device = torch::kCPU;
    torch::ScalarType autocast = torch::kFloat32;
    int loaderThreads = 1;
    std::function<void()> betweenBatches;
};

/// eval_loss, eval_contrastive_loss and eval_diversity_loss of a masked frame, as the example sums them; eval_accuracy, the share of masked frames that are
/// nearest to their own code; eval_perplexity, the mean over batches weighted by their masked frames. Nothing where stopped. Leaves the model in evaluation
/// mode.
std::optional<Metrics> evaluatePretraining(const PretrainingEvaluation& request, const Batches& batches, RandomStreams& streams, std::stop_token stop);

} // namespace earmark::neural
