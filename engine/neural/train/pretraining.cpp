#include "engine/neural/train/pretraining.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/device/guards.h"
#include "engine/neural/infer/collate.h"

namespace earmark::neural
{

namespace
{

std::string text(double value)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.4g", value);
    return buffer;
}

void add(torch::Tensor& sum, const torch::Tensor& value)
{
    const torch::Tensor exact = value.detach().to(torch::kFloat32);
    sum = sum.defined() ? sum + exact : exact;
}

double valueOf(const torch::Tensor& sum) { return sum.defined() ? sum.item<double>() : 0; }

ModelOutputs forwardIn(Model& model, const ModelInputs& inputs, torch::Device device, torch::ScalarType autocast)
{
    const AutocastGuard guard(device, autocast);
    return model.forward(inputs);
}

} // namespace

const std::vector<std::pair<std::string, std::string>>& pretrainingDefaults()
{
    static const std::vector<std::pair<std::string, std::string>> defaults = {
        {"train_length", "truncate"}, {"eval_length", "truncate"}, {"max_length_seconds", "5"}, // max_duration_in_seconds there
        {"freeze_feature_encoder", "false"},
        {"weight_decay", "0.01"}, // AdamW's own: the example does not pass its option on
        {"max_grad_norm", "0"},   // it clips nothing
        {"mask_time_prob", "0.65"}, {"mask_time_length", "10"}, // its collator's; config.json's are for fine-tuning as a rule
    };
    return defaults;
}

Result<void> letMask(const std::string& base, LoadOptions& options)
{
    if (base.empty())
        return {};
    EARMARK_TRY(const Json config, readConfig(base));
    const auto isZero = [&](const char* key, bool byDefault) {
        const auto found = config.find(key);
        return found != config.end() && found->is_number() ? found->get<double>() == 0 : byDefault;
    };
    if (isZero("mask_time_prob", false) && isZero("mask_feature_prob", true))
        options.configOverrides.emplace_back("mask_time_prob", "0.05");
    return {};
}

Result<void> checkLearnsFromSound(Model& model, const std::string& base)
{
    if (!pretrainingOf(model))
        return failure("model.unsupported", model.architecture() + " computes outputs alone: transformers has no loss for it, and Earmark neither. Choose another base.",
                       base, {{"architecture", model.architecture()}});
    const Json config = Json::parse(model.configJson(), nullptr, false);
    const auto augments = config.find("apply_spec_augment");
    if (augments != config.end() && augments->is_boolean() && !augments->get<bool>())
        return failure("model.bad_config", quoteName(base) + " has apply_spec_augment false, so that nothing would be masked: give the setting apply_spec_augment=true.",
                       base);
    return {};
}

SpanMaskOptions spansOf(const Pretraining& model, const TrainingSettings& settings)
{
    SpanMaskOptions spans = model.spans();
    spans.probability = settings.mask_time_prob.value_or(spans.probability);
    spans.spanLength = settings.mask_time_length.value_or(spans.spanLength);
    return spans;
}

double gumbelTemperature(const TrainingSettings& s, std::int64_t stepsDone)
{
    const auto falls = static_cast<double>(std::max<std::int64_t>(0, stepsDone - 1));
    return std::max(s.max_gumbel_temperature * std::pow(s.gumbel_temperature_decay, falls), s.min_gumbel_temperature);
}

Result<Targets> soundTargets(ClipStore& clips, LoadedModel& loaded, const TrainingSettings& settings, LengthRule rule)
{
    const int sampleRate = loaded.extractor->samplingRate();
    const Pretraining& head = *pretrainingOf(*loaded.model);
    const SpanMaskOptions spans = spansOf(head, settings);
    const auto shortest = static_cast<std::int64_t>(settings.min_duration_in_seconds * sampleRate);
    clips.leaveOut([&](const ClipRow& row) -> std::optional<Error> {
        const Sample& sample = clips.samples()[row.sample];
        const std::string told = quoteName(sample.name) + " lasts " + text(static_cast<double>(row.length) / sampleRate) + " s";
        if (row.length <= shortest)
            return Error{"audio.too_short", told + ", and the setting min_duration_in_seconds asks for more than " + text(settings.min_duration_in_seconds) + " s.",
                         sample.clip.source.path, {}};
        if (head.canMask(row.length, spans))
            return std::nullopt;
        return Error{"audio.too_short", told + ", too short for masks of " + std::to_string(spans.spanLength) + " frames on a share of " + text(spans.probability) +
                                            " of it: some draws would mask nothing. Raise mask_time_prob, or lower mask_time_length.",
                     sample.clip.source.path, {}};
    });
    Targets targets;
    targets.texts.resize(clips.rows().size());
    const bool cuts = rule != LengthRule::whole && rule != LengthRule::dropLonger;
    for (std::size_t i = 0; loaded.tokenizer && i < targets.texts.size(); ++i) {
        const ClipRow& row = clips.rows()[i];
        const bool whole = !cuts || static_cast<double>(row.length) < settings.max_length_seconds * sampleRate;
        if (!whole || clips.samples()[row.sample].text.empty())
            continue;
        EARMARK_TRY(auto text, loaded.tokenizer->encode(clips.samples()[row.sample].text));
        if (framesNeeded(text) <= loaded.model->framesOf(row.length))
            targets.texts[i] = std::move(text);
    }
    return targets;
}

std::optional<torch::Tensor> spokenIn(const Targets& targets, const std::vector<BatchItem>& items, torch::Device device)
{
    const torch::Tensor ids = targets.of(items);
    return ids.numel() > 0 ? std::optional(ids.to(device)) : std::nullopt;
}

// ---- training -----------------------------------------------------------------------------------------------------------

PretrainingRun::PretrainingRun(Model& model, const TrainingSettings& settings, torch::Device device, torch::ScalarType autocast)
    : model_(model), head_(*pretrainingOf(model)), settings_(settings), spans_(spansOf(head_, settings)), device_(device), autocast_(autocast)
{
}

void PretrainingRun::beginStep(std::int64_t stepsDone)
{
    temperature_ = gumbelTemperature(settings_, stepsDone);
    head_.setGumbelTemperature(temperature_);
    masked_ = 0;
    loss_ = contrastive_ = diversity_ = spelling_ = torch::Tensor();
}

torch::Tensor PretrainingRun::loss(ModelInputs inputs, RandomStreams& streams)
{
    sums_.share += head_.draw(inputs, spans_, streams);
    sums_.batches += 1;
    masked_ += inputs.mask_time_indices->sum().item<double>();
    const ModelOutputs outputs = forwardIn(model_, inputs, device_, autocast_);
    add(loss_, *outputs.loss);
    add(contrastive_, *outputs.contrastive_loss);
    add(diversity_, *outputs.diversity_loss);
    if (outputs.ctc_loss)
        add(spelling_, *outputs.ctc_loss);
    add(sums_.perplexity, *outputs.codevector_perplexity);
    return *outputs.loss;
}

torch::Tensor PretrainingRun::endGroup()
{
    if (masked_ == 0) // no clip of the group could be read
        return torch::zeros({}, torch::dtype(torch::kFloat32).device(device_));
    sums_.steps += 1;
    add(sums_.contrastive, contrastive_ / masked_);
    add(sums_.diversity, diversity_ / masked_);
    if (spelling_.defined())
        add(sums_.spelling, spelling_ / masked_);
    return loss_ / masked_;
}

void PretrainingRun::scale(const std::vector<torch::Tensor>& gradients) const
{
    if (masked_ > 0 && !gradients.empty())
        at::_foreach_mul_(gradients, 1 / masked_);
}

Metrics PretrainingRun::log()
{
    const double steps = std::max(1.0, sums_.steps), batches = std::max(1.0, sums_.batches);
    Metrics means = {{"constrast_loss", valueOf(sums_.contrastive) / steps},
                           {"div_loss", valueOf(sums_.diversity) / steps},
                           {"%_mask_idx", sums_.share / batches},
                           {"ppl", valueOf(sums_.perplexity) / batches},
                           {"temp", temperature_}};
    if (sums_.spelling.defined())
        means.emplace(means.begin() + 2, "ctc_loss", valueOf(sums_.spelling) / steps);
    sums_ = {};
    return means;
}

Json PretrainingRun::state() const
{
    return {{"steps", sums_.steps},
            {"batches", sums_.batches},
            {"share", sums_.share},
            {"contrastive", valueOf(sums_.contrastive)},
            {"diversity", valueOf(sums_.diversity)},
            {"spelling", sums_.spelling.defined() ? Json(valueOf(sums_.spelling)) : Json()},
            {"perplexity", valueOf(sums_.perplexity)}};
}

void PretrainingRun::restore(const Json& state)
{
    const auto number = [&](const char* key) {
        const auto found = state.find(key);
        return found != state.end() && found->is_number() ? found->get<double>() : 0.0;
    };
    const auto sum = [&](const char* key) { return torch::full({}, number(key), torch::dtype(torch::kFloat32).device(device_)); };
    sums_ = {.steps = number("steps"), .share = number("share"), .batches = number("batches"), .contrastive = sum("contrastive"), .diversity = sum("diversity"),
             .spelling = state.is_object() && state.contains("spelling") && state["spelling"].is_number() ? sum("spelling") : torch::Tensor(),
             .perplexity = sum("perplexity")};
}

// ---- evaluation ---------------------------------------------------------------------------------------------------------

std::optional<Metrics> evaluatePretraining(const PretrainingEvaluation& r, const Batches& batches, RandomStreams& streams, std::stop_token stop)
{
    const torch::NoGradGuard guard;
    r.model->eval();
    BatchLoader loader(*r.clips, *r.extractor, batches, r.loaderThreads, 3);
    double masked = 0, loss = 0, contrastive = 0, diversity = 0, correct = 0, perplexity = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (stop.stop_requested())
            return std::nullopt;
        LoadedBatch batch = loader.next();
        if (batch.items.empty())
            continue;
        ModelInputs inputs = collate(std::move(batch.features), r.device);
        inputs.labels = r.targets ? spokenIn(*r.targets, batch.items, r.device) : std::nullopt;
        pretrainingOf(*r.model)->draw(inputs, r.spans, streams);
        const double frames = inputs.mask_time_indices->sum().item<double>();
        const ModelOutputs outputs = forwardIn(*r.model, inputs, r.device, r.autocast);
        masked += frames;
        loss += outputs.loss->item<double>();
        contrastive += outputs.contrastive_loss->item<double>();
        diversity += outputs.diversity_loss->item<double>();
        correct += outputs.correct_choices->item<double>();
        perplexity += frames * outputs.codevector_perplexity->item<double>();
        if (r.betweenBatches)
            r.betweenBatches();
    }
    const double all = std::max(1.0, masked);
    return Metrics{{"eval_loss", loss / all},
                   {"eval_contrastive_loss", contrastive / all},
                   {"eval_diversity_loss", diversity / all},
                   {"eval_accuracy", correct / all},
                   {"eval_perplexity", perplexity / all}};
}

} // namespace earmark::neural
